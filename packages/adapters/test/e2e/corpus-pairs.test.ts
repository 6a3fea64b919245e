import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'

const pairs = new URL('../../../../../shared/corpus/pairs/', import.meta.url)
const isThere = existsSync(pairs)
if (!isThere) console.log('Skipped: there is no corpus of export pairs beside the repository.')

/** All pairs with FULL=1, else every fifth: a pair takes some seconds. */
const names = isThere
  ? readdirSync(pairs)
      .sort()
      .filter((_, index) => process.env.FULL === '1' || index % 5 === 0)
  : []

let field: TestField
afterEach(() => field?.close())

/** Pairs of which one side moves the SSH service to another port: no restore between them can keep the device reachable. */
const movesSsh = new Set(['13', '14', '15'])
/** Pairs across major versions, on which a script of one stops on the other. */
const acrossVersions = new Set(['17'])

/** Restores a router that has `from` to a stored revision of `to`. */
async function restoreOver(from: string, to: string) {
  field = await openTestField({ config: to })
  const { commitSha } = await field.backUp()
  const { router } = await field.exchange({ config: from })
  const before = router.significantText()
  const request = { deviceId: fieldDevice, commitSha, allowOtherHardware: true }
  const result = await field.tod.restores.restore(fieldScope, request)
  expectClean({ ...field, router })
  return { result, isOld: router.significantText() === before }
}

describe.skipIf(!isThere)('a pair of real exports', () => {
  it.each(names.flatMap((name) => [[name, 'old', 'new'] as const, [name, 'new', 'old'] as const]))(
    '%s is restored over SSH from %s to %s',
    { timeout: 300_000 },
    async (name, from, to) => {
      const read = (side: string) => readFileSync(new URL(`${name}/${side}.rsc`, pairs), 'latin1')

      const { result, isOld } = await restoreOver(read(from), read(to))

      if (process.env.FULL === '1') {
        const why = result.because === undefined ? '' : JSON.stringify(result.because)
        console.log(`${name} ${from}>${to}: ${result.status}, converged ${result.converged}. ${why}`)
        const undone = result.unverified.filter((part) => part.startsWith('/'))
        for (const { menu, kind, summary } of result.residual) {
          const reason = undone.find((part) => part.startsWith(`${menu} `))
          console.log(`  ${menu} ${kind} ${summary}${reason === undefined ? '' : ` <- ${reason}`}`)
        }
      }
      expect(result.openForRecovery).toBe(false)
      if (result.status !== 'committed') expect(isOld).toBe(true)
      if (movesSsh.has(name)) expect(result.status).not.toBe('committed')
      else if (!acrossVersions.has(name)) expect(result.status).toBe('committed')
    },
  )
})
