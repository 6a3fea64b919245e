// What would be published: every export resolves, types match, nothing but dist is packed, and the types need nothing
// that whoever installs the package does not get.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

const packages = ['rsc-parser', 'core', 'routeros-sim', 'adapters', 'server']
const tools = [
  ['publint', (folder) => ['run', folder, '--strict', '--pack', 'npm']],
  ['attw', (folder) => ['--pack', folder, '--profile', 'esm-only', '--no-emoji', '--no-color']],
]

/** The package that an import of a declaration file is from; none for files beside it and for Node's own modules. */
const importedPackage = /^import .* from '(?!\.|node:)((?:@[^/']+\/)?[^/']+)/gm

/** What the type declarations import and whoever installs the package does not get, `@types` packages too. */
function undeclaredTypes(name) {
  const folder = join(root, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const brought = { ...manifest.dependencies, ...manifest.peerDependencies }
  const imports = readdirSync(join(folder, 'dist'), { recursive: true })
    .filter((file) => file.endsWith('.d.ts'))
    .flatMap((file) => [...readFileSync(join(folder, 'dist', file), 'utf8').matchAll(importedPackage)])
    .map(([, imported]) => imported)
  const needed = [...new Set(imports)].map((imported) =>
    `@types/${imported}` in manifest.devDependencies ? `@types/${imported}` : imported,
  )
  return needed.filter((one) => !(one in brought))
}

let failed = false
for (const name of packages) {
  const undeclared = undeclaredTypes(name)
  console.log(
    `types @tod/${name}: ${undeclared.length === 0 ? 'ok' : `FAILED, undeclared: ${undeclared.join(', ')}`}`,
  )
  if (undeclared.length > 0) failed = true
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
