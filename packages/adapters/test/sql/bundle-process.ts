import { mkdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'
import { afterAll } from 'vitest'

const bundled = new Map<string, Promise<string>>()
const made: string[] = []

afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true })
})

/**
 * Makes a script that Node runs by itself of a source that a test wants to start as a process and kill. Our packages
 * are taken from their sources; libraries stay where they are.
 *
 * @param source URL of the TypeScript file, in the tests of the package that has its dependencies.
 */
export function bundleProcess(source: URL): Promise<string> {
  const known = bundled.get(source.href)
  if (known !== undefined) return known
  const script = bundle(source)
  bundled.set(source.href, script)
  return script
}

async function bundle(source: URL): Promise<string> {
  const name = source.pathname.split('/').at(-1)?.replace(/\.ts$/, '') ?? 'process'
  // Inside the package, so that its dependencies are found.
  const packageFolder = fileURLToPath(new URL(source.href.replace(/\/test\/.*$/, '/')))
  const outDir = `${packageFolder}node_modules/.test-processes/${process.pid}-${name}`
  await mkdir(outDir, { recursive: true })
  made.push(outDir)
  await build({
    entry: { [name]: fileURLToPath(source) },
    outDir,
    format: 'esm',
    target: 'node20',
    tsconfig: `${packageFolder}tsconfig.json`,
    noExternal: [/^@tod\//, 'cron-parser', 'luxon'],
    external: [/^(?!@tod\/|cron-parser$|luxon$)@?[a-z]/],
    silent: true,
    config: false,
    clean: false,
  })
  return `${outDir}/${name}.js`
}
