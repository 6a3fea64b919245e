import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'

const here = fileURLToPath(new URL('.', import.meta.url))
const packages = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Bundles the sources of all packages with an entry of this folder into one file that plain node runs.
 *
 * @param {string} entry file of this folder, without its ending
 * @param {import('./mutations.mjs').mutations[number] | undefined} mutation a mistake to plant into the sources
 * @returns {Promise<string>} path of the bundle
 */
export async function bundle(entry, mutation) {
  const outDir = join(packages, 'adapters/node_modules/.cache/faults', mutation?.name ?? 'sound')
  const changes =
    mutation === undefined ? [] : [mutation, ...(mutation.also === undefined ? [] : [mutation.also])]
  let planted = 0
  const sources = {
    name: 'sources',
    setup(plugin) {
      plugin.onResolve({ filter: /^@tod\// }, ({ path }) => {
        const [, name, sub] = path.split('/')
        return {
          path: join(packages, name, 'src', ...(sub === undefined ? [] : [sub]), 'index.ts'),
          sideEffects: false,
        }
      })
      if (mutation === undefined) return
      plugin.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const change = changes.find(({ file }) => path.endsWith(`packages/${file}`))
        if (change === undefined) return undefined
        planted++
        return { contents: plant(mutation.name, await readFile(path, 'utf8'), change.edits), loader: 'ts' }
      })
    },
  }
  await build({
    entry: [join(here, `${entry}.ts`)],
    outDir,
    format: 'esm',
    target: 'node20',
    platform: 'node',
    external: [
      'ssh2',
      'better-sqlite3',
      'libsodium-wrappers',
      'isomorphic-git',
      'kysely',
      'pg',
      'pg-boss',
      'vitest',
    ],
    noExternal: ['cron-parser'],
    esbuildPlugins: [sources],
    treeshake: false,
    silent: true,
    config: false,
    dts: false,
    clean: false,
    splitting: false,
    outExtension: () => ({ js: '.mjs' }),
    tsconfig: join(packages, 'adapters/tsconfig.json'),
  })
  if (planted !== changes.length) throw new Error(`${mutation.name}: not planted`)
  return join(outDir, `${entry}.mjs`)
}

/** A source with each edit made; every place has to be there exactly once. */
function plant(name, source, edits) {
  return edits.reduce((text, [find, put]) => {
    const parts = text.split(find)
    if (parts.length !== 2) throw new Error(`${name}: ${parts.length - 1} places for ${find}`)
    return parts.join(put)
  }, source)
}
