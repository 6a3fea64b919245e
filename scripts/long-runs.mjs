// The long suites in full, over the code that `npm test` runs samples of. One after the other; a failure does not keep
// the next from running. The last line counts them; exit 1 when one failed.
// Run: npm run soak -- [--kills 300] [--seed N]     processes killed at random moments, and every pair and lock-out pushed
//      npm run fuzz                              random bytes, edits and plans; each run prints its seed
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

const suites = {
  soak: [
    'packages/adapters/soak/kill-git.mjs',
    'packages/adapters/soak/kill-backups.mjs',
    'packages/adapters/soak/pushes.mjs',
    'packages/server/soak/kill-restores.mjs',
  ],
  fuzz: [
    'packages/rsc-parser/fuzz/round-trip.mjs',
    'packages/rsc-parser/fuzz/edits.ts',
    'packages/rsc-parser/fuzz/plan.ts',
    'packages/rsc-parser/fuzz/plan-pairs.ts',
    'packages/rsc-parser/fuzz/plan-on-simulator.ts',
  ],
}

const [name = '', ...args] = process.argv.slice(2)
const files = suites[name]
if (files === undefined) {
  console.error(`Which runs: ${Object.keys(suites).join(' or ')}.`)
  process.exit(2)
}

setUp()
const failed = files.filter((file) => {
  console.log(`\n== ${file}`)
  const run = spawnSync(process.execPath, ['--import', 'tsx', join(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (run.status !== 0) console.log(`== ${file}: failed`)
  return run.status !== 0
})
console.log(`\n${files.length} long runs, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0
