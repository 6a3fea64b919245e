import { describe, expect, it } from 'vitest'
import { nextOnGrid, nextRun } from '../../src/runtime/schedule-grid.js'

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
