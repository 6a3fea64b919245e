import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  KeyRing,
  LibsodiumSecretBox,
  staticKeyProvider,
  TransitSecretBox,
  toMasterKey,
} from '@tod/adapters/crypto'
import {
  GitWrappedKeyStore,
  type ImportSource,
  IsomorphicGitStore,
  importRevisions,
  openRevision,
} from '@tod/adapters/git'
import { createTod, type SecretBox } from '@tod/core'
import {
  FakeClock,
  InMemoryAuditLog,
  InMemoryCredentialStore,
  InMemoryDeviceDirectory,
  InMemoryDeviceLock,
  InMemoryHostKeyStore,
  InMemoryPushJournal,
  InMemoryRunRepository,
  InMemoryScheduleRepository,
  openGuard,
  sampleTrailers,
  testIds,
  testScope,
} from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransitServer } from './transit-server.js'

const scope = testScope()
const deviceId = testIds.device1
const files = ['export.rsc', 'backup.bin', 'meta.json'] as const
type File = (typeof files)[number]

/** Two states of a router, of another system. */
const source: ImportSource = {
  kind: 'files',
  async *revisions() {
    for (const number of [1, 2]) {
      yield {
        deviceName: 'north',
        origin: `${number}`,
        createdAt: Date.UTC(2026, 0, number),
        message: '',
        export: Buffer.from(
          `# 2026-01-0${number} 10:00:00 by RouterOS 7.16.2\r\n/system identity\r\nset name=r${number}\r\n`,
        ),
        binary: Buffer.from(`binary ${number}`),
      }
    }
  },
}

describe.each(['local keys', 'a Transit engine'])('revisions of a device, sealed with %s', (sealedWith) => {
  const server = new TransitServer()
  let root: string
  let git: IsomorphicGitStore
  let keys: GitWrappedKeyStore
  let secretBox: SecretBox
  let transit: TransitSecretBox | undefined

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'tod-swapped-'))
    git = new IsomorphicGitStore({ root })
    keys = new GitWrappedKeyStore({ root })
    if (sealedWith === 'a Transit engine') {
      transit = new TransitSecretBox({ address: await server.start(), token: server.issueToken(), tries: 1 })
      secretBox = transit
    } else {
      const masterKeys = staticKeyProvider([await toMasterKey(new Uint8Array(32).fill(3))])
      secretBox = new LibsodiumSecretBox(new KeyRing({ masterKeys, store: keys }))
    }
  })
  afterEach(async () => {
    transit?.close()
    await server.stop()
    await git.close()
    await keys.close()
    await rm(root, { recursive: true })
  })

  it('are read only as they were recorded: no file of another one passes for theirs, nor without their facts', async () => {
    const runs = new InMemoryRunRepository()
    const device = { deviceId, tenantId: scope.tenantId, name: 'north', host: '192.0.2.1', port: 22 }
    await importRevisions({ git, secretBox, runs }, scope, source, { deviceFor: () => device })
    const devices = new InMemoryDeviceDirectory()
    await devices.put(scope, device)
    const { backups } = createTod({
      git,
      secretBox,
      runs,
      devices,
      guard: openGuard,
      transport: { connect: () => Promise.reject(new Error('not needed')) },
      credentials: new InMemoryCredentialStore(),
      hostKeys: new InMemoryHostKeyStore(),
      schedules: new InMemoryScheduleRepository(),
      locks: new InMemoryDeviceLock(new FakeClock()),
      journal: new InMemoryPushJournal(),
      audit: new InMemoryAuditLog(),
    })
    const [second, first] = await git.history(scope, { deviceId })
    const stored = async (commitSha: string, file: File) => git.read(scope, { deviceId, commitSha, file })

    const outcomes: Record<string, string> = {}
    // Each file from the first revision, the second, or left out.
    for (const [exportOf, binaryOf, metaOf] of combinations([first, second, undefined])) {
      if (exportOf === undefined) continue
      const from = { 'export.rsc': exportOf, 'backup.bin': binaryOf, 'meta.json': metaOf }
      const put: Partial<Record<File, Uint8Array>> = {}
      for (const file of files) {
        const sha = from[file]?.commitSha
        if (sha !== undefined) put[file] = await stored(sha, file)
      }
      const { commitSha } = await git.record(scope, {
        deviceId,
        files: put as { 'export.rsc': Uint8Array; 'meta.json': Uint8Array },
        subject: `manual: ${deviceId}`,
        trailers: sampleTrailers(),
        createdAt: Date.UTC(2026, 0, 5),
        expectedParent: (await git.head(scope, deviceId))?.commitSha ?? null,
      })
      const request = { deviceId, commitSha }
      const repository = join(root, `${scope.tenantId}.git`)
      for (const [file, read] of [
        ['export.rsc', () => backups.readExport(scope, request)],
        ['backup.bin', () => backups.readBinary(scope, request)],
      ] as const) {
        if (from[file] === undefined) continue
        const isRight = from[file] === metaOf
        const breakGlass = () => openRevision({ repository, commitSha, file, makeBox: () => secretBox })
        for (const work of [read, breakGlass]) {
          const outcome = await work().then(
            () => 'read',
            (error: { code?: string }) => error.code ?? 'unknown',
          )
          outcomes[outcome] = `${outcomes[outcome] ?? ''}${isRight ? '+' : '-'}`
        }
      }
    }

    expect(Object.keys(outcomes).sort()).toEqual(['BACKUP_INTEGRITY_FAILED', 'read'])
    expect(outcomes.read).toMatch(/^\++$/)
    expect(outcomes.BACKUP_INTEGRITY_FAILED).toMatch(/^-+$/)
  })
})

function* combinations<T>(values: readonly T[]): Generator<readonly [T, T, T]> {
  for (const a of values) for (const b of values) for (const c of values) yield [a, b, c]
}
