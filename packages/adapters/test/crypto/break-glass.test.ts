import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type KeyProvider,
  KeyRing,
  LibsodiumSecretBox,
  MirroredWrappedKeyStore,
  staticKeyProvider,
  toMasterKey,
} from '@tod/adapters/crypto'
import {
  GitWrappedKeyStore,
  IsomorphicGitStore,
  type OpenRevisionOptions,
  openRevision,
} from '@tod/adapters/git'
import { printMeta, sha256Hex } from '@tod/core'
import { InMemoryWrappedKeyStore, sampleTrailers, testIds, testScope } from '@tod/core/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'

const scope = testScope()
const deviceId = testIds.device1
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tod-break-glass-'))
})

afterEach(async () => {
  await rm(root, { recursive: true })
})

async function masterKeys(byte: number): Promise<KeyProvider> {
  return staticKeyProvider([await toMasterKey(new Uint8Array(32).fill(byte))])
}

function metaOf(text: string): Uint8Array {
  const sha256 = sha256Hex(Buffer.from(text))
  const meta = {
    format: 1,
    runId: sampleTrailers().runId,
    trigger: 'manual',
    createdAt: 0,
    device: { name: 'n', host: 'h', identity: 'i' },
    routerosVersion: '7.16.2',
    model: null,
    serialNumber: null,
    secrets: 'included',
    incompleteMenus: [],
    holdsGuard: false,
    changed: true,
    linesAdded: 1,
    linesRemoved: 0,
    export: { bytes: text.length, sha256 },
    binary: null,
    significantSha256: sha256,
  } as const
  return printMeta(meta)
}

/** Records a sealed export, whose facts may be lost, with the keys in a database that is lost afterwards. */
async function recordSealed(text: string, hasMeta = true): Promise<string> {
  const copy = new GitWrappedKeyStore({ root })
  const store = new MirroredWrappedKeyStore(new InMemoryWrappedKeyStore(), copy)
  const box = new LibsodiumSecretBox(new KeyRing({ masterKeys: await masterKeys(1), store }))
  const { bytes } = await box.seal(scope, { deviceId, file: 'export.rsc' }, Buffer.from(text))
  const meta = await box.seal(scope, { deviceId, file: 'meta.json' }, metaOf(text))
  const { commitSha } = await new IsomorphicGitStore({ root }).record(scope, {
    deviceId,
    files: { 'export.rsc': bytes, ...(hasMeta ? { 'meta.json': meta.bytes } : {}) },
    subject: 'manual',
    trailers: sampleTrailers(),
    createdAt: 0,
    expectedParent: null,
  })
  return commitSha
}

function open(commitSha: string, keys: KeyProvider, options: Partial<OpenRevisionOptions> = {}) {
  return openRevision({
    ...options,
    repository: join(root, `${scope.tenantId}.git`),
    commitSha,
    file: 'export.rsc',
    makeBox: (store) => new LibsodiumSecretBox(new KeyRing({ masterKeys: keys, store })),
  })
}

it('opens a revision with nothing but the repository and the master key', async () => {
  const commitSha = await recordSealed('/ip address add address=192.0.2.1/24')

  const { content, ...found } = await open(commitSha.slice(0, 8), await masterKeys(1))

  expect(Buffer.from(content).toString()).toBe('/ip address add address=192.0.2.1/24')
  expect(found).toEqual({ deviceId, commitSha })
})

it('opens a revision whose facts are lost only for who asks for it unverified', async () => {
  const commitSha = await recordSealed('/ip address print', false)

  await expect(open(commitSha, await masterKeys(1))).rejects.toMatchObject({
    code: 'BACKUP_INTEGRITY_FAILED',
  })
  const { content } = await open(commitSha, await masterKeys(1), { unverified: true })
  expect(Buffer.from(content).toString()).toBe('/ip address print')
})

it('opens nothing with another master key', async () => {
  const commitSha = await recordSealed('secret')

  await expect(open(commitSha, await masterKeys(2))).rejects.toMatchObject({ code: 'BACKUP_NOT_DECRYPTABLE' })
})

it('says that an unknown sha is not found', async () => {
  await recordSealed('secret')

  await expect(open('0'.repeat(40), await masterKeys(1))).rejects.toMatchObject({
    code: 'REVISION_NOT_FOUND',
  })
})
