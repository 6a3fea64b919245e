import { describe, expect, it } from 'vitest'
import type { Trigger } from '../../src/index.js'
import { decideRetention, type RetainedRow } from '../../src/retention/decide-retention.js'

const dayMs = 86_400_000
const now = Date.UTC(2026, 5, 30, 12)

/** A revision so many days old; its sha is the number. */
function row(days: number, changes: Partial<RetainedRow> = {}): RetainedRow {
  return {
    commitSha: `${days}`,
    createdAt: now - days * dayMs,
    trigger: 'scheduled' as Trigger,
    pinned: false,
    holdsGuard: false,
    ...changes,
  }
}

const yearOfDays = Array.from({ length: 365 }, (_, days) => row(days))

describe('retention', () => {
  it('keeps everything without a rule', () => {
    expect(decideRetention(yearOfDays, {}, now).size).toBe(365)
  })

  it('keeps the newest so many', () => {
    expect([...decideRetention(yearOfDays, { last: 3 }, now)]).toEqual(['0', '1', '2'])
  })

  it('keeps what is younger than so many days', () => {
    expect(decideRetention(yearOfDays, { days: 10 }, now).size).toBe(10)
  })

  it('keeps one of each day, week and month, the newest', () => {
    const twiceADay = yearOfDays.flatMap((day) => [
      { ...day, commitSha: `${day.commitSha}b` },
      { ...day, commitSha: `${day.commitSha}a`, createdAt: day.createdAt - 3_600_000 },
    ])

    const kept = decideRetention(twiceADay, { daily: 7, weekly: 5, monthly: 12 }, now)

    expect([...kept].every((sha) => sha.endsWith('b'))).toBe(true)
    expect([...kept].map((sha) => Number.parseInt(sha, 10)).sort((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 9, 16, 23, 30, 61, 91, 122, 150, 181, 212, 242, 273, 303, 334,
    ])
  })

  it('never drops the newest, pins, checkpoints and the target of a rollback', () => {
    const rows = [
      row(0),
      row(1),
      row(2, { trigger: 'pre-restore', holdsGuard: true }),
      row(3, { trigger: 'pre-restore' }),
      row(4, { trigger: 'pre-restore' }),
      row(5, { trigger: 'checkpoint' }),
      row(6, { pinned: true }),
      row(7),
    ]

    expect([...decideRetention(rows, { last: 0 }, now)]).toEqual(['0', '3', '5', '6'])
  })

  it('keeps what an open push refers to', () => {
    expect(decideRetention([row(0), row(1), row(2)], { last: 1 }, now, new Set(['2'])).has('2')).toBe(true)
  })
})
