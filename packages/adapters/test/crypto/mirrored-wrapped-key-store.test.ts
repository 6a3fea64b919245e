import {
  KeyRing,
  LibsodiumSecretBox,
  MirroredWrappedKeyStore,
  staticKeyProvider,
  toMasterKey,
} from '@tod/adapters/crypto'
import type { SealPlace, WrappedKey } from '@tod/core'
import { InMemoryWrappedKeyStore, testIds, testScope } from '@tod/core/testing'
import { expect, it } from 'vitest'

const scope = testScope()
const place: SealPlace = { deviceId: testIds.device1, file: 'export.rsc' }

async function masterKeys(...bytes: [number, ...number[]]) {
  const [first, ...others] = await Promise.all(
    bytes.map((byte) => toMasterKey(new Uint8Array(32).fill(byte))),
  )
  if (first === undefined) throw new TypeError('no key')
  return staticKeyProvider([first, ...others])
}

it('copies what a crash has left out, as soon as a process uses the tenant', async () => {
  const [database, repository] = [new InMemoryWrappedKeyStore(), new InMemoryWrappedKeyStore()]
  const alone = new KeyRing({ masterKeys: await masterKeys(1), store: database })
  const sealed = await new LibsodiumSecretBox(alone).seal(scope, place, Buffer.from('x'))

  await new MirroredWrappedKeyStore(database, repository).list(scope, null)

  const recovered = new KeyRing({ masterKeys: await masterKeys(1), store: repository })
  expect(await new LibsodiumSecretBox(recovered).open(scope, place, sealed.bytes)).toEqual(
    new Uint8Array(Buffer.from('x')),
  )
})

it('brings a rotation over that reached the first store only', async () => {
  const [database, repository] = [new InMemoryWrappedKeyStore(), new InMemoryWrappedKeyStore()]
  const both = new MirroredWrappedKeyStore(database, repository)
  await new LibsodiumSecretBox(new KeyRing({ masterKeys: await masterKeys(1), store: both })).seal(
    scope,
    place,
    Buffer.from('x'),
  )
  await new KeyRing({ masterKeys: await masterKeys(2, 1), store: database }).rotate(scope, { kind: 'master' })

  await new MirroredWrappedKeyStore(database, repository).list(scope, null)

  expect(await repository.listAll(scope)).toEqual(await database.listAll(scope))
})

it('seals nothing with a key that the copy did not take', async () => {
  const database = new InMemoryWrappedKeyStore()
  const failing = new InMemoryWrappedKeyStore()
  failing.addFirst = async (): Promise<WrappedKey> => {
    throw new Error('the disk is full')
  }
  const store = new MirroredWrappedKeyStore(database, failing)
  const box = new LibsodiumSecretBox(new KeyRing({ masterKeys: await masterKeys(1), store }))

  await expect(box.seal(scope, place, Buffer.from('x'))).rejects.toThrow('the disk is full')
  await expect(box.seal(scope, place, Buffer.from('x'))).rejects.toThrow('the disk is full')
  const another = new MirroredWrappedKeyStore(database, failing)
  await expect(another.list(scope, place.deviceId)).rejects.toThrow('the disk is full')
})

it('copies a key that another process has added and died over', async () => {
  const [database, repository] = [new InMemoryWrappedKeyStore(), new InMemoryWrappedKeyStore()]
  const here = new MirroredWrappedKeyStore(database, repository)
  await here.list(scope, null)
  const alone = new KeyRing({ masterKeys: await masterKeys(1), store: database })
  await new LibsodiumSecretBox(alone).seal(scope, place, Buffer.from('x'))

  await new LibsodiumSecretBox(new KeyRing({ masterKeys: await masterKeys(1), store: here })).seal(
    scope,
    place,
    Buffer.from('x'),
  )

  expect(await repository.listAll(scope)).toEqual(await database.listAll(scope))
})

it('does not bring a destroyed key back from either side', async () => {
  const [database, repository] = [new InMemoryWrappedKeyStore(), new InMemoryWrappedKeyStore()]
  const store = new MirroredWrappedKeyStore(database, repository)
  const ring = new KeyRing({ masterKeys: await masterKeys(1), store })
  await new LibsodiumSecretBox(ring).seal(scope, place, Buffer.from('x'))

  await ring.shred(scope, place.deviceId)

  const next = new MirroredWrappedKeyStore(database, repository)
  expect(await next.list(scope, place.deviceId)).toEqual([])
  expect(await repository.list(scope, place.deviceId)).toEqual([])
})

it('gives a database that was lost its keys back before anything new is sealed', async () => {
  const repository = new InMemoryWrappedKeyStore()
  const before = new MirroredWrappedKeyStore(new InMemoryWrappedKeyStore(), repository)
  const sealed = await new LibsodiumSecretBox(
    new KeyRing({ masterKeys: await masterKeys(1), store: before }),
  ).seal(scope, place, Buffer.from('x'))

  const after = new MirroredWrappedKeyStore(new InMemoryWrappedKeyStore(), repository)
  const box = new LibsodiumSecretBox(new KeyRing({ masterKeys: await masterKeys(1), store: after }))

  expect((await box.seal(scope, place, Buffer.from('x'))).bytes).toEqual(sealed.bytes)
})

it('refuses to go on with two different keys of one name', async () => {
  const [database, repository] = [new InMemoryWrappedKeyStore(), new InMemoryWrappedKeyStore()]
  for (const [at, store] of [database, repository].entries()) {
    const ring = new KeyRing({ masterKeys: await masterKeys(1), store, now: () => 1_767_600_000_000 + at })
    await new LibsodiumSecretBox(ring).seal(scope, place, Buffer.from('x'))
  }

  const both = new MirroredWrappedKeyStore(database, repository)

  await expect(both.list(scope, place.deviceId)).rejects.toMatchObject({ code: 'STORAGE_CONFLICT' })
})
