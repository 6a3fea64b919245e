// The fault matrix: every step of a push × every fault × {import, reconcile} × {v6, v7}, over real SSH on a virtual
// clock. Writes reports/faults.md; the last line printed is `cells N, violations N`; exit 1 when there are violations.
// Run: npm run faults -- [--workers 2] [--only <pattern>]
//      npm run faults -- --mutants [--only <pattern>]     mistakes planted into the protocol, each has to be seen
//      npm run faults -- --races 5000 [--seed 1]          simulated restores over bad networks and clocks
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundle } from './bundle.mjs'
import { runMutants } from './run-mutants.mjs'
import { writeReport } from './write-report.mjs'
import '../../../scripts/stop-with-reader.mjs'

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    mutants: { type: 'boolean', default: false },
    races: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const reports = fileURLToPath(new URL('../../../reports/', import.meta.url))

/** Runs one shard and hands over each line it prints. */
function runShard(script, args, onResult) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    createInterface({ input: child.stdout }).on('line', (line) => onResult(JSON.parse(line)))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`a shard ended with ${code}`))))
  })
}

async function runMatrix() {
  const script = await bundle('cells-main')
  const workers = Number(values.workers)
  const results = []
  const show = (result) => {
    results.push(result)
    if (result.violations.length > 0) console.log(`VIOLATION ${result.name}: ${result.violations.join('; ')}`)
    else if (results.length % 50 === 0) console.log(`${results.length} cells`)
  }
  const shards = Array.from({ length: workers }, (_, index) =>
    runShard(script, [values.only, String(index), String(workers)], show),
  )
  await Promise.all(shards)
  mkdirSync(reports, { recursive: true })
  writeFileSync(join(reports, 'faults.md'), writeReport(results))
  console.log('report: reports/faults.md')
  const violations = results.filter((result) => result.violations.length > 0).length
  console.log(`cells ${results.length}, violations ${violations}`)
  return violations === 0
}

/** Restores of a router model on virtual time; a line for each way of ending, the last one `races N, violations N`. */
async function runRaces(count) {
  const script = await bundle('races-main')
  const workers = Number(values.workers)
  const share = Math.ceil(count / workers)
  const ends = new Map()
  let violations = 0
  const show = ({ seed, end, violations: found }) => {
    ends.set(end, (ends.get(end) ?? 0) + 1)
    if (found.length === 0) return
    violations++
    console.log(`VIOLATION seed ${seed}: ${found.join('; ')}`)
  }
  const firsts = Array.from({ length: workers }, (_, index) => index * share)
  await Promise.all(
    firsts.map((first) =>
      runShard(script, [String(Number(values.seed) + first), String(Math.min(share, count - first))], show),
    ),
  )
  for (const [end, number] of ends) console.log(`${end} ${number}`)
  console.log(`races ${count}, violations ${violations}`)
  return violations === 0
}

async function run() {
  if (values.mutants) return runMutants({ runShard, only: values.only })
  return values.races === undefined ? runMatrix() : runRaces(Number(values.races))
}

process.exitCode = (await run()) ? 0 : 1
