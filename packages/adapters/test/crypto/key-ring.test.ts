import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  formatRecoveryKit,
  gatherRecoveryKit,
  KeyRing,
  LibsodiumSecretBox,
  type MasterKey,
  PlaintextSecretBox,
  parseRecoveryKit,
  readMasterKeyFile,
  readMasterKeyVariable,
  readOrCreateMasterKeyFile,
  restoreKeys,
  staticKeyProvider,
  TieredSecretBox,
  toMasterKey,
} from '@tod/adapters/crypto'
import type { SealPlace } from '@tod/core'
import { InMemoryWrappedKeyStore, testIds, testScope } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const scope = testScope()
const place: SealPlace = { deviceId: testIds.device1, file: 'export.rsc' }
const content = new Uint8Array(Buffer.from('/user add name=admin password=hunter2'))

async function masterKey(byte: number): Promise<MasterKey> {
  return await toMasterKey(new Uint8Array(32).fill(byte))
}

async function ringOver(store: InMemoryWrappedKeyStore, ...bytes: [number, ...number[]]) {
  const [first, ...others] = bytes
  const keys: [MasterKey, ...MasterKey[]] = [
    await masterKey(first),
    ...(await Promise.all(others.map(masterKey))),
  ]
  const ring = new KeyRing({ masterKeys: staticKeyProvider(keys), store })
  return { ring, box: new LibsodiumSecretBox(ring) }
}

describe('rotation', () => {
  it('of the master key re-wraps tenant keys, and content opens without the old one', async () => {
    const store = new InMemoryWrappedKeyStore()
    const before = await ringOver(store, 1)
    const sealed = await before.box.seal(scope, place, content)
    const both = await ringOver(store, 2, 1)

    expect(await both.ring.rotate(scope, { kind: 'master' })).toEqual({ keys: 1 })
    expect(await both.ring.rotate(scope, { kind: 'master' })).toEqual({ keys: 0 })

    const after = await ringOver(store, 2)
    expect(await after.box.open(scope, place, sealed.bytes)).toEqual(content)
    const old = await ringOver(store, 1)
    await expect(old.box.open(scope, place, sealed.bytes)).rejects.toMatchObject({
      code: 'BACKUP_NOT_DECRYPTABLE',
    })
  })

  it('of data keys seals new content with a new version; old content opens, digests stay equal', async () => {
    const { ring, box } = await ringOver(new InMemoryWrappedKeyStore(), 1)
    const first = await box.seal(scope, place, content)
    const digest = await box.digest(scope, place, content)

    await ring.rotate(scope, { kind: 'data', deviceId: place.deviceId })
    const second = await box.seal(scope, place, content)

    expect([first.keyVersion, second.keyVersion]).toEqual([1, 2])
    expect(Buffer.compare(first.bytes, second.bytes)).not.toBe(0)
    expect(await box.open(scope, place, first.bytes)).toEqual(content)
    expect(await box.open(scope, place, second.bytes)).toEqual(content)
    expect(await box.digest(scope, place, content)).toBe(digest)
  })

  it('of the tenant key wraps every data key anew', async () => {
    const store = new InMemoryWrappedKeyStore()
    const { ring, box } = await ringOver(store, 1)
    const sealed = await box.seal(scope, place, content)
    await box.seal(scope, { ...place, deviceId: testIds.device2 }, content)

    expect(await ring.rotate(scope, { kind: 'tenant' })).toEqual({ keys: 3 })

    const wrappedBy = (await store.listAll(scope)).map((key) => [key.deviceId, key.version, key.wrappedBy])
    expect(wrappedBy.slice(2)).toEqual([
      [testIds.device1, 1, 'tenant:2'],
      [testIds.device2, 1, 'tenant:2'],
    ])
    expect(await (await ringOver(store, 1)).box.open(scope, place, sealed.bytes)).toEqual(content)
  })
})

describe('shredding', () => {
  it('of a device makes its content unreadable at once, and only its own', async () => {
    const { ring, box } = await ringOver(new InMemoryWrappedKeyStore(), 1)
    const other: SealPlace = { ...place, deviceId: testIds.device2 }
    const sealed = await box.seal(scope, place, content)
    const kept = await box.seal(scope, other, content)

    expect(await ring.shred(scope, place.deviceId)).toEqual({ keys: 1 })

    await expect(box.open(scope, place, sealed.bytes)).rejects.toMatchObject({
      code: 'BACKUP_NOT_DECRYPTABLE',
    })
    expect(await box.open(scope, other, kept.bytes)).toEqual(content)
    await box.seal(scope, place, content)
    await expect(box.open(scope, place, sealed.bytes)).rejects.toMatchObject({
      code: 'BACKUP_NOT_DECRYPTABLE',
    })
  })

  it('in another process is seen here too', async () => {
    const store = new InMemoryWrappedKeyStore()
    const here = await ringOver(store, 1)
    const sealed = await here.box.seal(scope, place, content)

    await (await ringOver(store, 1)).ring.shred(scope, null)

    await expect(here.box.open(scope, place, sealed.bytes)).rejects.toMatchObject({
      code: 'BACKUP_NOT_DECRYPTABLE',
    })
  })
})

describe('a wrong master key', () => {
  it('is found at start, and the error names the key that is needed', async () => {
    const store = new InMemoryWrappedKeyStore()
    await (await ringOver(store, 1)).box.seal(scope, place, content)
    const wrong = await ringOver(store, 2)

    await expect(wrong.ring.check(scope)).rejects.toMatchObject({
      code: 'KEY_SERVICE_UNAVAILABLE',
      details: { service: `master key ${(await masterKey(1)).id}` },
    })
    await expect((await ringOver(store, 1)).ring.check(scope)).resolves.toBeUndefined()
    await expect(wrong.ring.check(testScope(testIds.tenantB))).resolves.toBeUndefined()
  })

  it('seals nothing: no second tenant key appears beside the one that does not open', async () => {
    const store = new InMemoryWrappedKeyStore()
    await (await ringOver(store, 1)).box.seal(scope, place, content)
    const wrong = await ringOver(store, 2)

    await expect(
      wrong.box.seal(scope, { ...place, deviceId: testIds.device3 }, content),
    ).rejects.toMatchObject({
      code: 'KEY_SERVICE_UNAVAILABLE',
    })
    expect(await store.listAll(scope)).toHaveLength(2)
  })
})

describe('the recovery kit', () => {
  it('opens everything in an empty store', async () => {
    const store = new InMemoryWrappedKeyStore()
    const { box } = await ringOver(store, 1)
    const sealed = await box.seal(scope, place, content)
    const provider = staticKeyProvider([await masterKey(2), await masterKey(1)])

    const kit = await parseRecoveryKit(formatRecoveryKit(await gatherRecoveryKit(provider, store, [scope])))
    const fresh = new InMemoryWrappedKeyStore()
    expect(await restoreKeys(kit, fresh, scope)).toBe(2)

    const recovered = new KeyRing({ masterKeys: staticKeyProvider(kit.masterKeys), store: fresh })
    expect(await new LibsodiumSecretBox(recovered).open(scope, place, sealed.bytes)).toEqual(content)
  })

  it('names the line that is damaged, and shows nothing of it', async () => {
    const kit = formatRecoveryKit({ masterKeys: [await masterKey(1)], tenants: [] })

    const error: unknown = await parseRecoveryKit(`${kit}{"tenantId":"secret-ish"\n`).catch(
      (caught: unknown) => caught,
    )

    expect(String(error)).toContain('line 3')
    expect(String(error)).not.toContain('secret-ish')
  })
})

describe('the master key file', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tod-master-key-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('is made once, readable by its owner alone, and the same for all who start at once', async () => {
    const path = join(folder, 'master.key')

    const providers = await Promise.all(Array.from({ length: 6 }, () => readOrCreateMasterKeyFile(path)))

    const ids = await Promise.all(providers.map(async (provider) => (await provider.current()).id))
    expect(new Set(ids).size).toBe(1)
    expect(providers.filter((provider) => provider.isNew)).toHaveLength(1)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await readMasterKeyFile(path).then((provider) => provider.current())).id).toBe(ids[0])
  })

  it('is refused when others may read it, when it is missing and when it holds no key', async () => {
    const path = join(folder, 'master.key')
    await expect(readMasterKeyFile(path)).rejects.toMatchObject({ code: 'KEY_SERVICE_UNAVAILABLE' })
    await readOrCreateMasterKeyFile(path)
    await chmod(path, 0o644)
    await expect(readMasterKeyFile(path)).rejects.toThrow(/0600/)
    await writeFile(path, 'not a key\n')
    await chmod(path, 0o600)

    const error: unknown = await readMasterKeyFile(path).catch((caught: unknown) => caught)

    expect(String(error)).toContain('line 1 holds no master key')
    expect(String(error)).not.toContain('not a key')
  })

  it('may stand in the environment instead, several divided by commas', async () => {
    const path = join(folder, 'master.key')
    const provider = await readOrCreateMasterKeyFile(path)
    const line = (await readFile(path, 'utf8')).trim()

    const fromEnvironment = await readMasterKeyVariable('TOD_MASTER_KEY', {
      TOD_MASTER_KEY: `${'ab'.repeat(32)},${line}`,
    })

    expect(await fromEnvironment.find((await provider.current()).id)).toEqual(await provider.current())
    expect((await fromEnvironment.current()).id).not.toBe((await provider.current()).id)
    await expect(readMasterKeyVariable('TOD_MASTER_KEY', {})).rejects.toMatchObject({
      code: 'KEY_SERVICE_UNAVAILABLE',
    })
  })
})

describe('content from before sealing', () => {
  it('is read only where plaintext is configured by name', async () => {
    const { box } = await ringOver(new InMemoryWrappedKeyStore(), 1)
    const reading = new TieredSecretBox({ current: box, local: box, plaintext: new PlaintextSecretBox() })

    expect(await reading.open(scope, place, content)).toEqual(content)
    await expect(box.open(scope, place, content)).rejects.toMatchObject({ code: 'BACKUP_NOT_DECRYPTABLE' })
    expect((await reading.seal(scope, place, content)).tier).toBe(1)
  })

  it('never is what a plaintext box hands out of something sealed', async () => {
    const { box } = await ringOver(new InMemoryWrappedKeyStore(), 1)
    const sealed = await box.seal(scope, place, content)
    const plaintext = new PlaintextSecretBox()

    await expect(plaintext.open(scope, place, sealed.bytes)).rejects.toMatchObject({
      code: 'BACKUP_NOT_DECRYPTABLE',
    })
    await expect(plaintext.open(scope, place, Buffer.from('vault:v1:abcd'))).rejects.toMatchObject({
      code: 'BACKUP_NOT_DECRYPTABLE',
    })
    const after = new TieredSecretBox({ current: plaintext, local: box, plaintext })
    expect(await after.open(scope, place, sealed.bytes)).toEqual(content)
  })
})
