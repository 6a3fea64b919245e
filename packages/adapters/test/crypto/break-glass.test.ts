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
import { GitWrappedKeyStore, IsomorphicGitStore, openRevision } from '@tod/adapters/git'
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

/** Records a sealed export with the keys in a database that is lost afterwards. */
async function recordSealed(text: string): Promise<string> {
  const copy = new GitWrappedKeyStore({ root })
  const store = new MirroredWrappedKeyStore(new InMemoryWrappedKeyStore(), copy)
  const box = new LibsodiumSecretBox(new KeyRing({ masterKeys: await masterKeys(1), store }))
  const { bytes } = await box.seal(scope, { deviceId, file: 'export.rsc' }, Buffer.from(text))
  const { commitSha } = await new IsomorphicGitStore({ root }).record(scope, {
    deviceId,
    files: { 'export.rsc': bytes },
    subject: 'manual',
    trailers: sampleTrailers(),
    createdAt: 0,
    expectedParent: null,
  })
  return commitSha
}

function open(commitSha: string, keys: KeyProvider) {
  return openRevision({
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
