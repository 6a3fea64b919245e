/**
 * Proves plans on many random edit sequences and prints one JSON object with the figures.
 * Run: `npm --prefix packages/rsc-parser run fuzz:plans -- [sequences=10000] [first seed=1]`; exit 1 when a plan is not exact.
 */
import { buildDocument } from '../src/index.js'
import { provePlan } from '../test/plan/prove-plan.js'
import { Random, randomConfig, randomEdit, renderConfig } from '../test/plan/random-config.js'

const sequences = Number(process.argv[2] ?? 10_000)
const firstSeed = Number(process.argv[3] ?? 1)
const statesEach = 5

let plans = 0
let statements = 0
let changes = 0
let notExact = 0
let emptied = 0
let unchangedRemoved = 0
const unsupported: Record<string, number> = {}

for (let seed = firstSeed; seed < firstSeed + sequences; seed++) {
  const random = new Random(seed)
  const config = randomConfig(random, 5 + random.below(60))
  let last = buildDocument(renderConfig(config))
  for (let step = 1; step < statesEach; step++) {
    for (let edits = 1 + random.below(8); edits > 0; edits--) randomEdit(random, config)
    const next = buildDocument(renderConfig(config))
    for (const [current, target] of [
      [last, next],
      [next, last],
    ] as const) {
      plans++
      try {
        const proof = provePlan(current, target)
        statements += proof.plan.statements.length
        changes += proof.plan.diff.changes.length
        emptied += proof.emptied
        unchangedRemoved += proof.removedUnchanged
        for (const { menu, code } of proof.plan.unsupported) {
          const key = `${menu} ${code}`
          unsupported[key] = (unsupported[key] ?? 0) + 1
        }
        if (proof.differences.length > 0) {
          notExact++
          process.stderr.write(`seed ${seed} step ${step}: ${proof.differences[0]}\n`)
        }
      } catch (error) {
        notExact++
        process.stderr.write(`seed ${seed} step ${step}: ${String(error)}\n`)
      }
    }
    last = next
  }
}

process.stdout.write(
  `${JSON.stringify({
    sequences,
    firstSeed,
    plans,
    notExact,
    statements,
    changes,
    statementsPerChange: Math.round((statements / changes) * 1000) / 1000,
    unchangedItemsRemoved: unchangedRemoved,
    orderedListsEmptied: emptied,
    unsupportedPerThousandChanges: Object.fromEntries(
      Object.entries(unsupported).map(([key, count]) => [key, Math.round((count / changes) * 10_000) / 10]),
    ),
  })}\n`,
)
process.exitCode = notExact > 0 ? 1 : 0
