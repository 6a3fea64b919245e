/**
 * Carries plans out on a simulated router: random configurations are loaded, exported, planned from that export to the
 * next one, imported, exported again and compared with what the router makes of the target.
 * Run after a build: `npm --prefix packages/rsc-parser run fuzz:simulator -- [sequences=25] [first seed=1] [simulator]`.
 * Prints one JSON object; exit 1 when a script failed or left a difference.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildDocument, diffDocuments, parseBytes, planRestore } from '../src/index.js'
import { Random, randomConfig, randomEdit, renderConfig } from '../test/plan/random-config.js'

const sequences = Number(process.argv[2] ?? 25)
const firstSeed = Number(process.argv[3] ?? 1)
const simulator = process.argv[4] ?? fileURLToPath(new URL('../../routeros-sim/dist/cli.js', import.meta.url))
const folder = mkdtempSync(`${tmpdir()}/plan-on-simulator-`)

/** The export of a router that has imported a script into a configuration. Throws with the router's error. */
function apply(config: Uint8Array | string, script: string): Uint8Array {
  writeFileSync(`${folder}/config.rsc`, config)
  writeFileSync(`${folder}/script.rsc`, script, 'latin1')
  const words = [simulator, 'apply', '--config', `${folder}/config.rsc`, '--script', `${folder}/script.rsc`]
  return execFileSync(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
}

let plans = 0
let statements = 0
const failed: string[] = []
const different: string[] = []
for (let seed = firstSeed; seed < firstSeed + sequences; seed++) {
  const random = new Random(seed)
  const config = randomConfig(random, 5 + random.below(60))
  let last = apply(Buffer.from(renderConfig(config), 'latin1'), '')
  for (let step = 1; step < 4; step++) {
    for (let edits = 1 + random.below(8); edits > 0; edits--) randomEdit(random, config)
    const next = apply(Buffer.from(renderConfig(config), 'latin1'), '')
    for (const [from, to] of [
      [last, next],
      [next, last],
    ] as const) {
      const target = buildDocument(parseBytes(to))
      const plan = planRestore(buildDocument(parseBytes(from)), target)
      plans++
      statements += plan.statements.length
      try {
        const after = buildDocument(parseBytes(apply(from, plan.script)))
        const skipped = new Set(plan.unsupported.map((each) => each.menu))
        const left = diffDocuments(after, target).changes.filter((change) => !skipped.has(change.menu))
        if (left.length > 0) different.push(`seed ${seed} step ${step}: ${left[0]?.kind} ${left[0]?.menu}`)
      } catch (error) {
        const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
        failed.push(`seed ${seed} step ${step}: ${text.trim().slice(0, 200)}`)
      }
    }
    last = next
  }
}
rmSync(folder, { recursive: true })
process.stdout.write(`${JSON.stringify({ sequences, firstSeed, plans, statements, failed, different })}\n`)
process.exitCode = failed.length + different.length > 0 ? 1 : 0
