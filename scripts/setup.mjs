// Brings a fresh clone to the point where everything runs: the pinned pnpm through npx, an install from the
// frozen lock file, and a build of the packages whose sources changed. Needs Node and npm only.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.tod-setup.json')
const minimumNode = [20, 19]

/** Build order: a package comes after the packages it imports. */
export const packages = [
  { name: 'rsc-parser', needs: [] },
  { name: 'core', needs: ['rsc-parser'] },
  { name: 'routeros-sim', needs: ['rsc-parser'] },
  { name: 'adapters', needs: ['core'] },
  { name: 'server', needs: ['core', 'adapters'] },
]

const say = (text) => process.stderr.write(`${text}\n`)

function hashOf(paths) {
  const hash = createHash('sha256')
  const add = (path) => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name))
      return
    }
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0')
  }
  for (const path of paths) add(join(root, path))
  return hash.digest('hex')
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** Runs a step of the set-up and says how long it took; prints its output only when it fails. */
function runStep(title, command, args, options = {}) {
  const startedAt = Date.now()
  say(`${title} ...`)
  const { env = {}, cwd = root, hint } = options
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env, CI: 'true' },
    maxBuffer: 256 * 1024 * 1024,
  })
  if (result.status !== 0) {
    say(result.stdout ?? '')
    say(result.stderr ?? '')
    say(`${title}: failed${result.error ? ` (${result.error.message})` : ''}`)
    if (hint !== undefined) say(hint)
    process.exit(1)
  }
  say(`${title}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

/**
 * Where Node's own headers are, when they came with it: a native module that has to be compiled then needs no
 * download of them.
 */
function headersOfNode() {
  const prefix = dirname(dirname(process.execPath))
  const isThere = existsSync(join(prefix, 'include', 'node', 'node.h'))
  return isThere ? { npm_config_nodedir: prefix } : {}
}

/** Installs with the pnpm that package.json pins. */
function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  say('The first time takes up to some minutes: where no ready-made SQLite is to be had, it is compiled.')
  runStep('Installing dependencies', 'npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], {
    env: { ...headersOfNode(), ...process.env },
    hint: 'If it could not reach the registry, look at the network; if it could not compile, install python3, make and g++.',
  })
}

function build(name, types) {
  runStep(`Building @tod/${name}`, process.execPath, [join(root, 'node_modules/tsup/dist/cli-default.js')], {
    cwd: join(root, 'packages', name),
    env: types ? {} : { TOD_BUILD_TYPES: 'no' },
  })
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > minimumNode[0] || (major === minimumNode[0] && minor >= minimumNode[1])) return
  say(`Node ${minimumNode.join('.')} or later is needed; this is ${process.version}.`)
  process.exit(1)
}

/**
 * Installs and builds what changed since the last call. Returns when the workspace is ready to run.
 *
 * @param {{ types?: boolean }} [options] `types`: build type declarations too, for the checks of what is published.
 */
export function setUp({ types = false } = {}) {
  checkNode()
  const stamp = readStamp()
  const manifests = ['packages', 'examples'].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`)
      : [],
  )
  const installKey =
    hashOf(['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) + process.version
  if (stamp.install !== installKey) {
    install()
    stamp.builds = {}
  }
  const built = {}
  for (const { name, needs } of packages) {
    const folder = `packages/${name}`
    const inputs = ['src', 'package.json', 'tsup.config.ts', 'tsconfig.build.json'].map(
      (part) => `${folder}/${part}`,
    )
    const own = hashOf([...inputs, 'tsconfig.base.json'])
    built[name] = createHash('sha256')
      .update(own + installKey + needs.map((need) => built[need]).join())
      .digest('hex')
    const output = join(root, folder, types ? 'dist/index.d.ts' : 'dist/index.js')
    if (stamp.builds?.[name] === built[name] && existsSync(output)) continue
    build(name, types)
  }
  const done = JSON.stringify({ install: installKey, builds: built })
  if (done === JSON.stringify(stamp)) return
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, done)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp({ types: process.argv.includes('--types') })
