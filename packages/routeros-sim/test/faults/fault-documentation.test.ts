import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultNames } from '../../src/faults/fault-spec.js'

describe('the list of faults in the README', () => {
  it('has a row for each fault and none beside', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

    const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| [^|]*\| [^|]+\|$/gm)].map((row) => row[1])

    expect(rows.sort()).toEqual([...faultNames].sort())
  })
})
