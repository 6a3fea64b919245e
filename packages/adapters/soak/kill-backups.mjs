// The full run of test/kill: processes that back routers up over SSH into git and a database are killed at random
// moments, with retention, packing and native git beside them, on both databases. Prints one JSON object for each.
// Run: npm run soak:backups -- [--kills 300] [--seed N] [--database SQLite|PostgreSQL]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    database: { type: 'string', default: '' },
  },
})
const root = fileURLToPath(new URL('../../../', import.meta.url))
const test = ['packages/adapters/test/kill/kill-backups.test.ts', '-t', `agree \\(${values.database}`]
const run = spawnSync('npx', ['--no-install', 'vitest', 'run', ...test], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TOD_KILLS: values.kills, TOD_SEED: values.seed },
})
process.exitCode = run.status ?? 1
