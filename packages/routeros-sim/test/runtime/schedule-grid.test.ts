import { describe, expect, it } from 'vitest'
import { nextOnDays, nextOnGrid, nextRun } from '../../src/runtime/schedule-grid.js'

const now = { localMs: 100_000, uptimeMs: 50_000 }

describe('next run of a scheduler entry', () => {
  it('is one interval after adding when the start is the moment of adding', () => {
    expect(nextOnGrid(100_000, 60_000, 100_000)).toBe(160_000)
  })

  it('stays on the grid of a start in the past', () => {
    expect(nextOnGrid(7000, 60_000, 100_000)).toBe(127_000)
  })

  it('is the start itself when that lies ahead', () => {
    expect(nextOnGrid(500_000, 60_000, 100_000)).toBe(500_000)
  })

  it('is gone without interval once the start has passed', () => {
    expect(nextRun({ kind: 'time', startMs: 1 }, 0, now, false)).toEqual({ by: 'never' })
  })

  it('comes shortly after boot for startup without interval, and only then', () => {
    expect(nextRun({ kind: 'startup' }, 0, { localMs: 0, uptimeMs: 0 }, true)).toEqual({
      by: 'uptime',
      uptimeMs: 3000,
    })
    expect(nextRun({ kind: 'startup' }, 0, now, false)).toEqual({ by: 'never' })
  })

  it('counts the phase from boot for startup with an interval, and does not run at boot', () => {
    expect(nextRun({ kind: 'startup' }, 90_000, now, false)).toEqual({ by: 'uptime', uptimeMs: 90_000 })
    expect(nextRun({ kind: 'startup' }, 90_000, { localMs: 0, uptimeMs: 0 }, true)).toEqual({
      by: 'uptime',
      uptimeMs: 90_000,
    })
  })
})

describe('scheduler entry with days', () => {
  const monday = Date.UTC(2026, 0, 5)
  const hour = 3_600_000

  it('runs on the listed days only, from its start time by its interval until midnight', () => {
    const start = monday + 10 * hour

    expect(nextOnDays(start, 0, ['wed'], monday)).toBe(start + 48 * hour)
    expect(nextOnDays(start, 6 * hour, ['mon', 'wed'], monday + 11 * hour)).toBe(monday + 16 * hour)
    expect(nextOnDays(start, 6 * hour, ['mon', 'wed'], monday + 23 * hour)).toBe(start + 48 * hour)
  })

  it('never runs with an interval of a day or more', () => {
    expect(nextOnDays(monday, 24 * hour, ['mon'], monday)).toBeUndefined()
  })
})
