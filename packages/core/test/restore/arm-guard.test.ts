import { describe, expect, it } from 'vitest'
import { judgeArmed } from '../../src/restore/arm-guard.js'
import { foreignGuards, type GuardEntry, type GuardReading } from '../../src/restore/guard-reading.js'
import { hasBooted } from '../../src/restore/observe-device.js'
import { pushBudget } from '../../src/restore/push-budget.js'
import { pushNames } from '../../src/routeros/push-names.js'

const names = pushNames('0123456789abcdef', '')
const deadlineMs = 180_000

function entry(changes: Partial<GuardEntry> = {}): GuardEntry {
  return {
    name: names.timedGuard,
    enabled: true,
    runCount: 0,
    intervalMs: deadlineMs,
    remainingMs: 179_000,
    ...changes,
  }
}

const boot = entry({ name: names.bootGuard, intervalMs: 0, remainingMs: null })

function reading(...entries: readonly GuardEntry[]): GuardReading {
  return { routerNow: 0, uptimeMs: 0, entries }
}

const judge = (...entries: readonly GuardEntry[]) => judgeArmed(reading(...entries), names, deadlineMs, 1000)

describe('a guard counts as armed', () => {
  it('when both entries are listed as they were asked for', () => {
    expect(judge(entry(), boot)).toBeUndefined()
  })

  it.each([
    ['the boot entry is missing', [entry()]],
    ['the timed entry is missing', [boot]],
    ['an entry is disabled', [entry({ enabled: false }), boot]],
    ['the boot entry is disabled', [entry(), { ...boot, enabled: false }]],
    ['an entry has run', [entry({ runCount: 1 }), boot]],
    ['there is no next run', [entry({ remainingMs: null }), boot]],
    ['it is due too late', [entry({ remainingMs: deadlineMs + 60_000 }), boot]],
    ['it is due too early', [entry({ remainingMs: 60_000 }), boot]],
    ['it is overdue', [entry({ remainingMs: -5000 }), boot]],
  ])('not when %s', (_reason, entries) => {
    expect(judge(...entries)).toBeDefined()
  })

  it('and is not taken for that of another operation', () => {
    const other = entry({ name: 'tod-guard-ffffffffffffffff' })

    expect(judge(other, boot)).toBeDefined()
    expect(foreignGuards(reading(entry(), other, boot), names.nonce)).toEqual([other])
    expect(foreignGuards(reading(entry()), null)).toHaveLength(1)
  })
})

describe('a boot since the launch', () => {
  it('is seen by an uptime that fell, or that did not grow enough', () => {
    const launch = { uptimeMs: 3_600_000 }

    expect(hasBooted(launch, 3_660_000, 60_000)).toBe(false)
    expect(hasBooted(launch, 30_000, 60_000)).toBe(true)
    expect(hasBooted({ uptimeMs: 20_000 }, 40_000, 300_000)).toBe(true)
    expect(hasBooted({ uptimeMs: 20_000 }, 320_000, 300_000)).toBe(false)
  })
})

describe('the budget', () => {
  it('is the sum of its parts in whole seconds, and grows with plan and export', () => {
    const small = pushBudget({ statementCount: 1, exportMs: 1000, settleWindowMs: 60_000 })
    const large = pushBudget({ statementCount: 1000, exportMs: 30_000, settleWindowMs: 60_000 })

    for (const budget of [small, large]) {
      const sum = budget.importMs + budget.settleWindowMs + budget.verifyMs + budget.marginMs
      expect(budget.deadlineMs).toBeGreaterThanOrEqual(sum)
      expect(budget.deadlineMs % 1000).toBe(0)
    }
    expect(large.importMs).toBeGreaterThan(small.importMs)
    expect(large.verifyMs).toBeGreaterThan(small.verifyMs)
  })
})
