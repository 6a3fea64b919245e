import {
  InMemoryDeviceDirectory,
  InMemoryGitStore,
  InMemoryRunRepository,
  InMemorySecretBox,
  openGuard,
  testIds,
  testScope,
} from '@tod/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { sha256, sha256Hex, utf8Bytes } from '../../src/digest/sha256.js'
import { printMeta, type RevisionMeta, rowOf, StorageCorruptError } from '../../src/index.js'
import { ReindexService } from '../../src/reindex/reindex-service.js'

const scope = testScope()
const deviceId = testIds.device1
const content = utf8Bytes('# by RouterOS 7.16.1\n/system identity\nset name=x\n')

let ports: {
  git: InMemoryGitStore
  runs: InMemoryRunRepository
  secretBox: InMemorySecretBox
  devices: InMemoryDeviceDirectory
  guard: typeof openGuard
}
let service: ReindexService
beforeEach(async () => {
  ports = {
    git: new InMemoryGitStore(),
    runs: new InMemoryRunRepository(),
    secretBox: new InMemorySecretBox(),
    devices: new InMemoryDeviceDirectory(),
    guard: openGuard,
  }
  await ports.devices.put(scope, { deviceId, name: 'x', host: '192.0.2.1', port: 22 })
  service = new ReindexService(ports)
})

/** Commits a revision, and its row if asked. */
async function commit(number: number, withRow: boolean): Promise<string> {
  const meta: RevisionMeta = {
    format: 1,
    runId: `30000000-0000-4000-8000-00000000000${number}`,
    trigger: number === 1 ? 'checkpoint' : 'scheduled',
    createdAt: number * 1000,
    device: { name: 'x', host: '192.0.2.1', identity: 'x' },
    routerosVersion: '7.16.1',
    model: null,
    serialNumber: null,
    secrets: 'included',
    incompleteMenus: ['/ip firewall calea'],
    holdsGuard: false,
    changed: true,
    linesAdded: number,
    linesRemoved: 0,
    export: { bytes: content.length, sha256: sha256Hex(content) },
    binary: null,
    significantSha256: sha256Hex(content),
  }
  const seal = (file: 'export.rsc' | 'meta.json' | 'row', bytes: Uint8Array) =>
    ports.secretBox.seal(scope, { deviceId, file }, bytes).then((sealed) => sealed.bytes)
  const { commitSha } = await ports.git.record(scope, {
    deviceId,
    files: {
      'export.rsc': await seal('export.rsc', content),
      'meta.json': await seal('meta.json', printMeta(meta)),
    },
    subject: `${meta.trigger}: ${deviceId}`,
    trailers: {
      runId: meta.runId,
      trigger: meta.trigger,
      tier: 1,
      keyVersion: 1,
      exportDigest: 'ab',
      binaryDigest: null,
    },
    createdAt: meta.createdAt,
    expectedParent: (await ports.git.head(scope, deviceId))?.commitSha ?? null,
  })
  const place = { tenantId: testIds.tenantA, deviceId, commitSha }
  if (withRow) await ports.runs.insert(scope, rowOf(meta, place, 1, await seal('row', sha256(content))))
  return commitSha
}

describe('reindex', () => {
  it('makes every row again as it was', async () => {
    for (const number of [1, 2, 3]) await commit(number, true)
    const before = await ports.runs.list(scope, deviceId)
    ports.runs = new InMemoryRunRepository()
    service = new ReindexService(ports)

    const report = await service.reindex(scope)

    expect(report).toEqual({
      devices: 1,
      revisions: 3,
      addedRows: 3,
      removedRows: 0,
      unreadable: [],
      damagedDevices: [],
    })
    expect(await ports.runs.list(scope, deviceId)).toEqual(before)
  })

  it('repairs after a crash between commit and row', async () => {
    await commit(1, true)
    const lost = await commit(2, false)

    const report = await service.repairAll()

    expect(report.addedRows).toBe(1)
    expect((await ports.runs.newest(scope, deviceId))?.commitSha).toBe(lost)
  })

  it('removes rows whose revision is gone', async () => {
    await commit(1, true)
    const [row] = await ports.runs.list(scope, deviceId)
    if (row) await ports.runs.insert(scope, { ...row, id: testIds.device3, commitSha: 'f'.repeat(40) })

    const report = await service.reindex(scope)

    expect(report.removedRows).toBe(1)
    expect(await ports.runs.list(scope, deviceId)).toEqual([row])
  })

  it('reports revisions that do not open, and makes no row of them', async () => {
    const commitSha = await commit(1, false)
    service = new ReindexService({ ...ports, secretBox: new InMemorySecretBox('another key') })

    const report = await service.reindex(scope)

    expect(report).toMatchObject({ addedRows: 0, unreadable: [{ deviceId, commitSha }] })
  })

  it('goes on past a damaged history: its readable part gets rows, and none is removed behind the damage', async () => {
    const shas = [await commit(1, true), await commit(2, false), await commit(3, false)]
    const history = ports.git.history.bind(ports.git)
    ports.git.history = async (historyScope, page) => {
      const revisions = await history(historyScope, page)
      if (revisions.some((revision) => revision.commitSha === shas[0])) {
        throw new StorageCorruptError({ store: 'repository', item: shas[0] ?? '' })
      }
      return revisions
    }

    const report = await service.reindex(scope)

    expect(report).toMatchObject({ addedRows: 2, removedRows: 0, damagedDevices: [deviceId] })
    const rows = await ports.runs.list(scope, deviceId)
    expect(rows.map((row) => row.commitSha)).toEqual(shas.toReversed())
  })
})
