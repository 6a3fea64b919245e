// Simulates a year of daily backups of one tenant and says what it takes: disk without upkeep, with compaction, with
// retention; time to compact and to verify. Prints one JSON object a line; how far it is goes to standard error.
// Run: npm run bench:year -- [--devices 1000] [--days 365] [--change 0.03] [--sync]. Needs a build.
// Without --sync nothing is forced to the disk, which changes no size and spares hours.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { KeyRing, LibsodiumSecretBox, staticKeyProvider, toMasterKey } from '@tod/adapters/crypto'
import {
  GitRepositoryMaintenance,
  GitWrappedKeyStore,
  IsomorphicGitStore,
  nodeFileSystem,
} from '@tod/adapters/git'
import { singleTenant } from '@tod/core'
import { makeExport } from './make-content.mjs'
import { withoutSync } from './without-sync.mjs'
import '../../../scripts/stop-with-reader.mjs'

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '1000' },
    days: { type: 'string', default: '365' },
    change: { type: 'string', default: '0.03' },
    seed: { type: 'string', default: '1' },
    sync: { type: 'boolean', default: false },
  },
})
const deviceCount = Number(values.devices)
const days = Number(values.days)
const { scope } = singleTenant('year-tenant')
const root = mkdtempSync(join(tmpdir(), 'tod-year-'))
const fs = values.sync ? nodeFileSystem : withoutSync(nodeFileSystem)
const options = { root, fs }
const store = new IsomorphicGitStore(options)
const maintenance = new GitRepositoryMaintenance(options)
const masterKeys = staticKeyProvider([await toMasterKey(new Uint8Array(32).fill(1))])
const box = new LibsodiumSecretBox(new KeyRing({ masterKeys, store: new GitWrappedKeyStore(options) }))
const dayMs = 86_400_000
const firstDay = Date.UTC(2026, 0, 1, 2)
let state = Number(values.seed) >>> 0

function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

function report(name, value, unit, more = {}) {
  console.log(
    JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, devices: deviceCount, days, ...more }),
  )
}

function reportDisk(name, { apparentBytes, allocatedBytes, revisions }) {
  const more = { allocatedMegabytes: Math.round(allocatedBytes / 1e4) / 100, revisions }
  report(name, apparentBytes / 1e6, 'MB apparent', more)
}

async function timed(work) {
  const began = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - began) / 1000 }
}

const devices = Array.from({ length: deviceCount }, (_, at) => ({
  deviceId: `d0000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  tip: null,
  version: 0,
  /** Shas by day. */
  shas: [],
}))

async function backUp(device, at, day, isChanged) {
  const { deviceId, tip } = device
  const seal = async (file, content) => (await box.seal(scope, { deviceId, file }, content)).bytes
  const digest = randomBytes(32).toString('hex')
  const createdAt = firstDay + day * dayMs + at * 1000
  const runId = `1000${String(day).padStart(4, '0')}-0000-4000-8000-${String(at).padStart(12, '0')}`
  const meta = {
    format: 1,
    runId,
    trigger: 'scheduled',
    createdAt,
    device: { name: `router ${at}`, host: '192.0.2.17', identity: `router-${at}` },
    routerosVersion: '7.16.2',
    model: 'RB5009UG+S+',
    serialNumber: 'HXX0XXXXXXX',
    secrets: 'included',
    incompleteMenus: [],
    holdsGuard: false,
    changed: isChanged,
    linesAdded: 0,
    linesRemoved: 0,
    export: { bytes: 58_000, sha256: digest },
    binary: { bytes: 100_000, sha256: randomBytes(32).toString('hex') },
    significantSha256: randomBytes(32).toString('hex'),
  }
  const kept = { keepFrom: tip }
  const { commitSha } = await store.record(scope, {
    deviceId,
    files: {
      'export.rsc': isChanged ? await seal('export.rsc', makeExport(at, device.version)) : kept,
      'backup.bin': isChanged ? await seal('backup.bin', randomBytes(100_000)) : kept,
      'meta.json': await seal('meta.json', Buffer.from(JSON.stringify(meta))),
    },
    subject: `scheduled: ${deviceId}`,
    trailers: {
      runId,
      trigger: 'scheduled',
      tier: 1,
      keyVersion: 1,
      exportDigest: digest,
      binaryDigest: digest,
    },
    createdAt,
    expectedParent: tip,
  })
  device.tip = commitSha
  device.shas.push(commitSha)
}

/** Daily for a month, weekly for half a year, monthly for the rest. */
function isWanted(day) {
  const age = days - 1 - day
  return age < 30 || (age < 182 && day % 7 === 0) || day % 30 === 0
}

const withoutUpkeep = { apparentBytes: 0, allocatedBytes: 0 }
const compactions = []
let before = { apparentBytes: 0, allocatedBytes: 0 }
const began = performance.now()
for (let day = 0; day < days; day++) {
  const plan = devices.map((device, at) => ({
    device,
    at,
    isChanged: device.tip === null || random() < Number(values.change),
  }))
  for (let from = 0; from < plan.length; from += 8) {
    await Promise.all(
      plan.slice(from, from + 8).map(({ device, at, isChanged }) => {
        if (isChanged) device.version++
        return backUp(device, at, day, isChanged)
      }),
    )
  }
  if (day % 7 !== 6 && day !== days - 1) continue
  const grown = await maintenance.stats(scope)
  withoutUpkeep.apparentBytes += grown.apparentBytes - before.apparentBytes
  withoutUpkeep.allocatedBytes += grown.allocatedBytes - before.allocatedBytes
  const { seconds } = await timed(() => maintenance.compact(scope, { spareMs: 3_600_000 }))
  compactions.push(seconds)
  before = await maintenance.stats(scope)
  const spent = Math.round((performance.now() - began) / 1000)
  console.error(`day ${day + 1} of ${days}, ${spent} s so far, compacted in ${seconds.toFixed(1)} s`)
  const { bavail, bsize } = statfsSync(root)
  if (bavail * bsize < 5e9) throw new Error('less than 5 GB left on the disk')
}
const revisions = deviceCount * days
report('writing and upkeep of the whole year', (performance.now() - began) / 1000, 's', { sync: values.sync })
reportDisk('disk without compaction, without retention', { ...withoutUpkeep, revisions })
reportDisk('disk with compaction, without retention', await maintenance.stats(scope))
compactions.sort((a, b) => a - b)
report('weekly compaction p50', compactions[Math.floor(compactions.length / 2)] ?? 0, 's')
report('weekly compaction, longest', compactions.at(-1) ?? 0, 's')
const verified = await timed(() => maintenance.verify(scope))
report('verify', verified.seconds, 's', {
  objects: verified.result.checkedObjects,
  damage: verified.result.damage.length,
})
const drop = new Map(
  devices.map(({ deviceId, shas }) => [deviceId, new Set(shas.filter((_, day) => !isWanted(day)))]),
)
const retained = await timed(() => maintenance.retain(scope, drop))
report('retention', retained.seconds, 's', { dropped: retained.result.droppedRevisions })
const compacted = await timed(() => maintenance.compact(scope, { spareMs: 0 }))
report('compaction after retention', compacted.seconds, 's', {
  removedObjects: compacted.result.removedObjects,
})
reportDisk('disk with compaction and retention', await maintenance.stats(scope))
const again = await timed(() => maintenance.verify(scope))
report('verify after retention', again.seconds, 's', {
  objects: again.result.checkedObjects,
  damage: again.result.damage.length,
})
report('peak memory', process.resourceUsage().maxRSS / 1024, 'MB')
rmSync(root, { recursive: true })
