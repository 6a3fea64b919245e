/**
 * Plans each pair of consecutive exports of the corpus both ways, proves the plans and prints one JSON object.
 * Run: `npm --prefix packages/rsc-parser run fuzz:pairs`; exit 1 when a plan is not exact. Pairs across RouterOS
 * versions are counted apart, both sides read by the newer version's rules.
 */
import { buildDocument, parseBytes } from '../src/index.js'
import { corpusNote, hasCorpus, readCorpus } from '../test/corpus/corpus.js'
import { provePlan } from '../test/plan/prove-plan.js'

interface Figures {
  plans: number
  notExact: number
  changes: number
  statements: number
  unchangedItemsRemoved: number
  orderedListsEmptied: number
  unsupported: Record<string, number>
}

if (!hasCorpus) process.stderr.write(`no run${corpusNote}\n`)
const figures = (): Figures => ({
  plans: 0,
  notExact: 0,
  changes: 0,
  statements: 0,
  unchangedItemsRemoved: 0,
  orderedListsEmptied: 0,
  unsupported: {},
})
const sameVersion = figures()
const acrossVersions = figures()
const unchanged: string[] = []
const bytes = new Map(readCorpus('pairs').map((file) => [file.name, file.bytes]))
for (const [name, newer] of bytes) {
  if (!name.endsWith('/new')) continue
  const older = bytes.get(name.replace('/new', '/old')) ?? new Uint8Array()
  const headers = [older, newer].map((each) => buildDocument(parseBytes(each)).header)
  const major = Math.max(...headers.map((header) => header.major))
  const [from, to] = [older, newer].map((each) => buildDocument(parseBytes(each), { major }))
  if (from === undefined || to === undefined) continue
  const into = headers[0]?.routerosVersion === headers[1]?.routerosVersion ? sameVersion : acrossVersions
  for (const [current, target] of [
    [from, to],
    [to, from],
  ] as const) {
    const proof = provePlan(current, target)
    into.plans++
    into.changes += proof.plan.diff.changes.length
    into.statements += proof.plan.statements.length
    into.unchangedItemsRemoved += proof.removedUnchanged
    into.orderedListsEmptied += proof.emptied
    if (proof.differences.length > 0) into.notExact++
    if (proof.plan.diff.changes.length === 0) unchanged.push(name)
    for (const { menu, code } of proof.plan.unsupported) {
      into.unsupported[`${menu} ${code}`] = (into.unsupported[`${menu} ${code}`] ?? 0) + 1
    }
  }
}
const ratio = ({ statements, changes }: Figures) => Math.round((statements / changes) * 1000) / 1000
process.stdout.write(
  `${JSON.stringify(
    {
      sameVersion: { ...sameVersion, statementsPerChange: ratio(sameVersion) },
      acrossVersions: { ...acrossVersions, statementsPerChange: ratio(acrossVersions) },
      withoutChanges: [...new Set(unchanged)],
    },
    null,
    2,
  )}\n`,
)
process.exitCode = sameVersion.notExact + acrossVersions.notExact > 0 ? 1 : 0
