import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildDocument, diffDocuments, type PropertyChange, planRestore } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

const pairs = fileURLToPath(new URL('../../../../../shared/corpus/pairs', import.meta.url))
const isThere = existsSync(pairs)
if (!isThere) console.info('Skipped: there is no corpus of export pairs beside the repository.')

/** How the router's export after a plan may differ from the target's. */
type End =
  /** Not at all. */
  | 'text'
  /** In the order of items of menus where no command moves any, and which mean the same in any order. */
  | 'order'
  /** Also in values that one of the two states, and the other leaves at what every router starts with. */
  | 'stated defaults'
  /** Also in menus of which the plan said what it leaves out. */
  | 'announced'
  /** The script stopped before it changed anything: the two exports are of different hardware. */
  | 'refused'

/** Every end but `text`. */
const otherEnds: Readonly<Record<string, End>> = {
  '02 old>new': 'announced',
  '02 new>old': 'announced',
  '07 old>new': 'order',
  '07 new>old': 'order',
  '09 old>new': 'order',
  '13 old>new': 'refused',
  '13 new>old': 'announced',
  '17 old>new': 'announced',
  '17 new>old': 'refused',
  '18 old>new': 'announced',
  '18 new>old': 'stated defaults',
  '19 old>new': 'announced',
  '20 new>old': 'order',
}

const withoutHeader = (text: string) => text.replace(/^# .*\n/gm, '')
const itemLines = (text: string) => withoutHeader(text).replaceAll('\\\n    ', '').split('\n').toSorted()

/** Both states on the newer of the two versions: the plan made from the texts, imported by the one, compared with the other. */
async function carryOut(from: string, to: string): Promise<End> {
  const headers = [from, to].map((text) => buildDocument(text).header)
  const [, version = ''] = headers
    .map((header) => header.routerosVersion ?? '')
    .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
  const major = Math.max(...headers.map((header) => header.major))
  const plan = planRestore(buildDocument(from, { major }), buildDocument(to, { major }))
  const { router, importText } = await testRouter({ config: from, version })
  const target = (await testRouter({ config: to, version })).router.exportText({ showSensitive: true })
  const before = router.exportText({ showSensitive: true })

  const answer = await importText(plan.script)

  const after = router.exportText({ showSensitive: true })
  if (withoutHeader(after) === withoutHeader(target)) return 'text'
  if (answer.includes('Not the router this plan was made for') && after === before) return 'refused'
  expect(answer).toContain('Script file loaded and executed successfully')
  if (itemLines(after).join() === itemLines(target).join()) return 'order'
  const announced = new Set(plan.unsupported.map(({ menu }) => menu))
  let end: End = 'stated defaults'
  for (const change of diffDocuments(buildDocument(after), buildDocument(target)).changes) {
    if (announced.has(change.menu)) end = 'announced'
    else expect(change.kind === 'modified' && change.properties.every(isStatedOnce)).toBe(true)
  }
  return end
}

function isStatedOnce({ before, after }: PropertyChange): boolean {
  return before === undefined || after === undefined
}

describe.skipIf(!isThere)('a plan between two real exports, imported', () => {
  const names = isThere ? readdirSync(pairs).sort() : []
  const read = (name: string, side: string) => readFileSync(`${pairs}/${name}/${side}.rsc`, 'latin1')

  it.each(names)('%s: leaves the router with the export of the target, both ways', async (name) => {
    const [older, newer] = [read(name, 'old'), read(name, 'new')]

    expect(await carryOut(older, newer)).toBe(otherEnds[`${name} old>new`] ?? 'text')
    expect(await carryOut(newer, older)).toBe(otherEnds[`${name} new>old`] ?? 'text')
  })
})
