// Measures the git layout beside the usual one (a tree per tenant on `main`, a folder per device), in one run.
// Prints one JSON object a line. Run: npm run bench:storage -- [--devices 100,1000,5000] [--commits 20000] [--rounds 40]
// `--devices 0` leaves out the commits, `--commits 0` the history.
// Needs a build. With python3-pygit2 installed, the usual layout is measured with libgit2 too.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import * as nodeFs from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { KeyRing, LibsodiumSecretBox, staticKeyProvider, toMasterKey } from '@tod/adapters/crypto'
import { GitWrappedKeyStore, IsomorphicGitStore, nodeFileSystem } from '@tod/adapters/git'
import { singleTenant } from '@tod/core'
import git from 'isomorphic-git'
import { deviceIdOf, makeExport } from './make-content.mjs'
import { openUsual, writeUsualHistory } from './usual-layout.mjs'
import { withoutSync } from './without-sync.mjs'
import '../../../scripts/stop-with-reader.mjs'

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '100,1000,5000' },
    commits: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '40' },
  },
})
const rounds = Number(values.rounds)
const { scope } = singleTenant('bench-tenant')
/** The Python that has pygit2: the one of the path, or the system's, for which distributions package it. */
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import pygit2']).status === 0,
)

function report(name, value, unit, more = {}) {
  console.log(JSON.stringify({ name, value: Math.round(value * 1000) / 1000, unit, ...more }))
}

function percentile(samples, share) {
  return (
    samples.toSorted((a, b) => a - b)[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? 0
  )
}

/** Sum of file sizes and of allocated blocks. */
function sizeOf(folder) {
  const total = { apparent: 0, allocated: 0 }
  for (const entry of nodeFs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const { size, blocks } = nodeFs.lstatSync(join(entry.parentPath ?? entry.path, entry.name))
    if (!entry.isDirectory()) total.apparent += size
    total.allocated += blocks * 512
  }
  return total
}

function trailers(runId) {
  const digest = randomBytes(32).toString('hex')
  return { runId, trigger: 'scheduled', tier: 1, keyVersion: 1, exportDigest: digest, binaryDigest: digest }
}

/** One revision of a device, sealed by the caller. */
async function record(store, deviceId, files, parent, at) {
  const { commitSha } = await store.record(scope, {
    deviceId,
    files,
    subject: `scheduled: ${deviceId}`,
    trailers: trailers(`10000000-0000-4000-8000-${String(at).padStart(12, '0')}`),
    createdAt: 1_760_000_000_000 + at * 1000,
    expectedParent: parent,
  })
  return commitSha
}

function metaOf(at) {
  return Buffer.from(
    JSON.stringify({
      format: 1,
      runId: `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      trigger: 'scheduled',
      createdAt: 1_760_000_000_000 + at * 1000,
      device: { name: 'branch office', host: '192.0.2.17', identity: 'branch-office-17' },
      routerosVersion: '7.16.2',
      model: 'RB5009UG+S+',
      serialNumber: 'HXX0XXXXXXX',
      secrets: 'included',
      incompleteMenus: [],
      holdsGuard: false,
      changed: false,
      linesAdded: 0,
      linesRemoved: 0,
      export: { bytes: 58_000, sha256: randomBytes(32).toString('hex') },
      binary: { bytes: 100_000, sha256: randomBytes(32).toString('hex') },
      significantSha256: randomBytes(32).toString('hex'),
    }),
  )
}

async function openSealedStore(root) {
  const masterKeys = staticKeyProvider([await toMasterKey(new Uint8Array(32).fill(1))])
  const box = new LibsodiumSecretBox(new KeyRing({ masterKeys, store: new GitWrappedKeyStore({ root }) }))
  const store = new IsomorphicGitStore({ root })
  const seal = async (deviceId, file, content) => (await box.seal(scope, { deviceId, file }, content)).bytes
  return { store, seal, gitDirectory: join(root, `${scope.tenantId}.git`) }
}

async function measureOurs(deviceCount) {
  const root = mkdtempSync(join(tmpdir(), 'tod-bench-'))
  const { store, seal, gitDirectory } = await openSealedStore(root)
  const tips = new Map()
  // What is there before the measurement need not be forced to the disk.
  const seeding = new IsomorphicGitStore({ root, fs: withoutSync(nodeFileSystem) })
  for (let at = 0; at < deviceCount; at++) {
    const deviceId = deviceIdOf(at)
    const files = { 'export.rsc': Buffer.from(`seed ${at}`), 'meta.json': Buffer.from(`meta ${at}`) }
    tips.set(deviceId, await record(seeding, deviceId, files, null, at))
  }
  await seeding.close()
  const before = sizeOf(gitDirectory)
  const withSealing = []
  const alone = []
  for (let round = 0; round < rounds; round++) {
    const deviceId = deviceIdOf((round * 7919) % deviceCount)
    const began = performance.now()
    const files = {
      'export.rsc': await seal(deviceId, 'export.rsc', makeExport(round)),
      'backup.bin': await seal(deviceId, 'backup.bin', randomBytes(100_000)),
      'meta.json': await seal(deviceId, 'meta.json', metaOf(round)),
    }
    const sealed = performance.now()
    tips.set(deviceId, await record(store, deviceId, files, tips.get(deviceId), round))
    alone.push(performance.now() - sealed)
    withSealing.push(performance.now() - began)
  }
  const after = sizeOf(gitDirectory)
  for (let round = 0; round < rounds; round++) {
    const deviceId = deviceIdOf((round * 7919) % deviceCount)
    const parent = tips.get(deviceId)
    const meta = await seal(deviceId, 'meta.json', metaOf(round + rounds))
    const kept = { keepFrom: parent }
    const files = { 'export.rsc': kept, 'backup.bin': kept, 'meta.json': meta }
    tips.set(deviceId, await record(store, deviceId, files, parent, round + rounds))
  }
  const unchanged = sizeOf(gitDirectory)
  await store.close()
  rmSync(root, { recursive: true })
  const more = { layout: 'ref per device', writer: 'tod', devices: deviceCount }
  report('commit p50', percentile(alone, 0.5), 'ms', more)
  report('commit p95', percentile(alone, 0.95), 'ms', more)
  report('commit with sealing p50', percentile(withSealing, 0.5), 'ms', more)
  report('bytes per changed backup, apparent', (after.apparent - before.apparent) / rounds, 'bytes', more)
  report('bytes per changed backup, allocated', (after.allocated - before.allocated) / rounds, 'bytes', more)
  report(
    'bytes per unchanged backup, apparent',
    (unchanged.apparent - after.apparent) / rounds,
    'bytes',
    more,
  )
  report(
    'bytes per unchanged backup, allocated',
    (unchanged.allocated - after.allocated) / rounds,
    'bytes',
    more,
  )
}

async function measureUsual(deviceCount) {
  const root = mkdtempSync(join(tmpdir(), 'tod-bench-'))
  const { gitdir, commit } = await openUsual(root, deviceCount)
  const before = sizeOf(gitdir)
  const samples = []
  for (let round = 0; round < rounds; round++) {
    const deviceId = deviceIdOf((round * 7919) % deviceCount)
    const files = { 'backup.bin': randomBytes(100_000), 'export.rsc': makeExport(round) }
    const began = performance.now()
    await commit(deviceId, files, `scheduled: ${deviceId}`)
    samples.push(performance.now() - began)
  }
  const after = sizeOf(gitdir)
  rmSync(root, { recursive: true })
  const more = { layout: 'tree per tenant', writer: 'isomorphic-git, not durable', devices: deviceCount }
  report('commit p50', percentile(samples, 0.5), 'ms', more)
  report('commit p95', percentile(samples, 0.95), 'ms', more)
  report('bytes per changed backup, apparent', (after.apparent - before.apparent) / rounds, 'bytes', more)
  report('bytes per changed backup, allocated', (after.allocated - before.allocated) / rounds, 'bytes', more)
}

/** History of one device after many commits in its tenant: a device in a thousand, so 20 of 20,000 are its own. */
async function measureHistory(commits) {
  const perDevice = Math.max(2, Math.round(commits / 1000))
  const deviceCount = Math.round(commits / perDevice)
  const root = mkdtempSync(join(tmpdir(), 'tod-bench-'))
  // Reading is measured: what is written need not be forced to the disk.
  const store = new IsomorphicGitStore({ root, fs: withoutSync(nodeFileSystem) })
  // The other devices' commits cost the same number of files and refs, which is all that could slow this one down.
  const tips = new Map()
  for (let at = 0; at < commits; at++) {
    const deviceId = deviceIdOf(at % deviceCount)
    const files = { 'export.rsc': Buffer.from(`export ${at}`), 'meta.json': Buffer.from(`meta ${at}`) }
    tips.set(deviceId, await record(store, deviceId, files, tips.get(deviceId) ?? null, at))
  }
  await store.close()
  const samples = []
  for (let round = 0; round < 7; round++) {
    const cold = new IsomorphicGitStore({ root })
    const began = performance.now()
    const history = await cold.history(scope, {
      deviceId: deviceIdOf((round * 13) % deviceCount),
      limit: 100,
    })
    samples.push(performance.now() - began)
    if (history.length !== perDevice)
      throw new Error(`history has ${history.length} entries, not ${perDevice}`)
    await cold.close()
  }
  rmSync(root, { recursive: true })
  const ours = percentile(samples, 0.5)
  report('history of one device', ours, 'ms', { layout: 'ref per device', commits, entries: perDevice })
  const usual = await measureUsualHistory(commits, deviceCount, perDevice)
  report('history of one device', usual, 'ms', {
    layout: 'tree per tenant',
    writer: 'isomorphic-git',
    commits,
    entries: perDevice,
  })
  report('history of one device, usual layout against ours', usual / ours, 'times', { commits })
}

async function measureUsualHistory(commits, deviceCount, perDevice) {
  const root = mkdtempSync(join(tmpdir(), 'tod-bench-'))
  const gitdir = join(root, 'usual.git')
  writeUsualHistory(gitdir, commits, deviceCount)
  const wanted = deviceIdOf(13 % deviceCount)
  const began = performance.now()
  const log = await git.log({
    fs: nodeFs,
    gitdir,
    ref: 'refs/heads/main',
    filepath: `${wanted}/export.rsc`,
    force: true,
    cache: {},
  })
  const spent = performance.now() - began
  if (log.length !== perDevice) throw new Error(`usual history has ${log.length} entries, not ${perDevice}`)
  rmSync(root, { recursive: true })
  return spent
}

function measurePygit2(deviceCounts, commits) {
  const script = fileURLToPath(new URL('./usual-layout-pygit2.py', import.meta.url))
  const exports = mkdtempSync(join(tmpdir(), 'tod-bench-'))
  for (let round = 0; round < rounds; round++) {
    nodeFs.writeFileSync(join(exports, `${round}.rsc`), makeExport(round))
  }
  const args = [deviceCounts.join(','), String(rounds), String(commits), exports]
  const run = spawnSync(python, [script, ...args], { encoding: 'utf8' })
  rmSync(exports, { recursive: true })
  process.stdout.write(run.stdout)
  if (run.status !== 0)
    console.log(JSON.stringify({ name: 'usual layout with pygit2', failed: run.stderr.slice(-300) }))
}

const deviceCounts = values.devices.split(',').map(Number)
report('machine', cpus().length, 'cores', { node: process.version, model: cpus()[0]?.model })
for (const deviceCount of deviceCounts.filter((count) => count > 0)) {
  await measureOurs(deviceCount)
  await measureUsual(deviceCount)
}
const commits = Number(values.commits)
if (spawnSync('git', ['--version']).status !== 0)
  console.log(
    JSON.stringify({ name: 'history', skipped: 'native git, which writes the comparison, is not installed' }),
  )
else if (commits > 0) await measureHistory(commits)
if (python !== undefined) measurePygit2(deviceCounts, commits)
else
  console.log(
    JSON.stringify({ name: 'usual layout with pygit2', skipped: 'python3-pygit2 is not installed' }),
  )
