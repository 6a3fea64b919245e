import { buildDocument, compareManagementPath, parse } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { fieldConfigurations, readFieldChanges } from './field-changes.js'

describe.each(fieldConfigurations)('changes in the field: %s', (name) => {
  const changes = readFieldChanges(name)

  it.each(changes)('$name', ({ path, current, target, allowed }) => {
    const from = buildDocument(parse(current))
    const to = buildDocument(parse(target))

    const there = compareManagementPath(from, to, path)
    const back = compareManagementPath(to, from, path)

    expect(allowed, JSON.stringify(there, null, 1)).toContain(there.verdict)
    expect(there.trace.length).toBeGreaterThan(0)
    expect(there.counterexample === undefined).toBe(there.verdict === 'safe')
    // What does no harm does none when it is undone; a new way in does not have to be kept, though.
    if (allowed[0] === 'safe') expect(back.verdict, JSON.stringify(back, null, 1)).not.toBe('lockout')
  })
})
