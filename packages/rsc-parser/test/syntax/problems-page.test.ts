import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { problemCodes } from '../../src/index.js'

it('explains each problem code in docs/problems.md, and no other', () => {
  const page = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1])
  expect(rows.sort()).toEqual([...problemCodes].sort())
})
