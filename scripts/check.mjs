// The static checks, quickest first; stops at the first that fails.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp({ types: true })

const bin = (name) => join(root, 'node_modules', '.bin', name)
const checks = [
  ['format', bin('biome'), ['format', '.']],
  ['lint', bin('biome'), ['lint', '--error-on-warnings', '.']],
  ['dependency rules', process.execPath, ['scripts/check-dependency-rules.mjs']],
  ['types', bin('tsc'), ['-b']],
  ['unused code', bin('knip'), []],
  ['packages', process.execPath, ['scripts/check-packages.mjs']],
]

for (const [title, command, args] of checks) {
  const startedAt = Date.now()
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  if (result.status === 0) {
    console.log(`check ${title}: ok (${seconds} s)`)
    continue
  }
  process.stdout.write(result.stdout ?? '')
  process.stderr.write(result.stderr ?? '')
  console.log(`check ${title}: FAILED (${seconds} s)`)
  process.exit(1)
}
