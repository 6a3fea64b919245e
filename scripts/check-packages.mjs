// What would be published: every export resolves, types match, nothing but dist is packed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './setup.mjs'

const packages = ['rsc-parser', 'core', 'routeros-sim', 'adapters', 'server']
const tools = [
  ['publint', (folder) => ['run', folder, '--strict', '--pack', 'npm']],
  ['attw', (folder) => ['--pack', folder, '--profile', 'esm-only', '--no-emoji', '--no-color']],
]

let failed = false
for (const name of packages) {
  for (const [tool, args] of tools) {
    const result = spawnSync(join(root, 'node_modules/.bin', tool), args(join('packages', name)), {
      cwd: root,
      encoding: 'utf8',
    })
    console.log(`${tool} @tod/${name}: ${result.status === 0 ? 'ok' : 'FAILED'}`)
    if (result.status === 0) continue
    failed = true
    process.stdout.write(result.stdout + result.stderr)
  }
}
process.exitCode = failed ? 1 : 0
