// The full run of test/kill: servers are killed in the middle of restores, before and after every entry of the journal
// and at random moments; the others, or the next ones, recover. Prints one JSON object with what came of it.
// Run: npm run soak:restores -- [--kills 200] [--deaths 'after launching|before settling'] [--seed N]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    deaths: { type: 'string', default: '.*' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const root = fileURLToPath(new URL('../../../', import.meta.url))
const run = spawnSync('npx', ['--no-install', 'vitest', 'run', 'packages/server/test/kill'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TOD_KILLS: values.kills, TOD_DEATHS: values.deaths, TOD_SEED: values.seed },
})
process.exitCode = run.status ?? 1
