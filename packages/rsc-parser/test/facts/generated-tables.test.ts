import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const facts = fileURLToPath(new URL('../../../../../shared/facts', import.meta.url))
const folder = fileURLToPath(new URL('../../src/facts/', import.meta.url))

function generated(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.generated.ts'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

it.skipIf(!existsSync(facts))(
  'ships tables that are what the script makes of the fact tables (skipped without ../shared/facts)',
  () => {
    const target = mkdtempSync(join(tmpdir(), 'menu-tables-'))
    const script = fileURLToPath(new URL('../../scripts/build-menu-table.mjs', import.meta.url))
    const out = execFileSync(process.execPath, [script, facts, target], { encoding: 'utf8' })
    expect(generated(target)).toEqual(generated(folder))
    rmSync(target, { recursive: true })
    expect(out).toMatch(/^menu tables: \d+ bytes, \d+ bytes gzipped/)
  },
)

it('keeps the shipped tables below 200 kB', () => {
  const bytes = Object.values(generated(folder)).reduce((sum, text) => sum + text.length, 0)
  expect(bytes).toBeLessThan(200_000)
})
