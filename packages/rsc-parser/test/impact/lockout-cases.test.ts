import { buildDocument, compareManagementPath, evaluateManagementPath, parse } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { lockoutCases } from './lockout-cases.js'

describe('lock-out cases', () => {
  it.each(lockoutCases)('$lockout: $name', ({ current, change, path, lockout, target, because }) => {
    let changed = current
    for (const [from, to] of change) {
      expect(changed).toContain(from)
      changed = changed.replace(from, to)
    }
    const before = buildDocument(parse(current))
    const after = buildDocument(parse(changed))

    const report = compareManagementPath(before, after, path)
    const alone = evaluateManagementPath(after, path)

    expect({ lockout: report.verdict, target: alone.verdict }, JSON.stringify(report, null, 1)).toEqual({
      lockout,
      target,
    })
    expect(report.trace.length).toBeGreaterThan(0)
    const deciding = lockout === 'safe' ? report.trace : report.trace.slice(-1)
    expect(deciding.map((step) => step.text).join('\n')).toMatch(because)
    expect(report.counterexample === undefined).toBe(lockout === 'safe')
    expect(alone.counterexample === undefined).toBe(target === 'kept')
  })

  it('are forty or more, and all of one name each', () => {
    expect(lockoutCases.length).toBeGreaterThanOrEqual(40)
    expect(new Set(lockoutCases.map((each) => each.name)).size).toBe(lockoutCases.length)
  })
})
