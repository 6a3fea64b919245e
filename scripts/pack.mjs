// Packs all packages as they would be published, to try them in another project: npm install <folder>/*.tgz
// Run: npm run pack -- [folder=packed]
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { packages, root, setUp } from './setup.mjs'

const folder = resolve(process.argv[2] ?? join(root, 'packed'))
setUp({ types: true })
mkdirSync(folder, { recursive: true })
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
for (const { name } of packages) {
  const args = ['--yes', packageManager, 'pack', '--pack-destination', folder]
  const { status } = spawnSync('npx', args, { cwd: join(root, 'packages', name), stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
