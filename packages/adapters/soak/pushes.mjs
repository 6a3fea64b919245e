// The full runs of the restore tests that `npm test` runs parts of: every pair of real exports both ways (when the
// corpus is beside the repository), every lock-out and every harmless change of the parser's table, and two restores
// in real time with the window of 60 s, their timelines printed.
// Run: npm run soak:pushes -- [--only pairs|lockouts|real-time]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const suites = { pairs: 'corpus-pairs', lockouts: 'lockout', 'real-time': 'real-time' }
const { values } = parseArgs({
  // Whatever other soaks take is left alone.
  strict: false,
  options: { only: { type: 'string' } },
})
const chosen = values.only === undefined ? Object.keys(suites) : [values.only]
const files = chosen.map((name) => suites[name])
if (files.includes(undefined)) {
  console.error(`--only is one of ${Object.keys(suites).join(', ')}.`)
  process.exit(2)
}
const run = spawnSync(
  'npx',
  ['--no-install', 'vitest', 'run', ...files.map((name) => `packages/adapters/test/e2e/${name}`)],
  {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, FULL: '1', REAL_TIME: '1' },
  },
)
process.exitCode = run.status ?? 1
