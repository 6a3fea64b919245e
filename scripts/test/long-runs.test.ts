import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

it('the long runs name files that are there', () => {
  const named = readFileSync(at('scripts/long-runs.mjs'), 'utf8').match(/packages\/[^']+\.(mjs|ts)/g) ?? []

  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((path) => !existsSync(at(path)))).toEqual([])
})
