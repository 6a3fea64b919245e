import {
  KeyRing,
  LibsodiumSecretBox,
  staticKeyProvider,
  TransitSecretBox,
  toMasterKey,
} from '@tod/adapters/crypto'
import type { SealPlace, SecretBox } from '@tod/core'
import { InMemoryWrappedKeyStore, testIds, testScope } from '@tod/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TransitServer } from './transit-server.js'

const files: readonly SealPlace['file'][] = ['export.rsc', 'backup.bin', 'meta.json', 'row', 'credentials']
const places = [testIds.tenantA, testIds.tenantB].flatMap((tenantId) =>
  [testIds.device1, testIds.device2].flatMap((deviceId) =>
    files.map((file) => ({
      scope: testScope(tenantId),
      place: { deviceId, file },
      name: `${tenantId[0]} ${deviceId.slice(-1)} ${file}`,
    })),
  ),
)
const content = new Uint8Array(Buffer.from('the same content everywhere'))
const server = new TransitServer()
let transit: TransitSecretBox

beforeAll(async () => {
  transit = new TransitSecretBox({ address: await server.start(), token: server.issueToken(), tries: 1 })
})

afterAll(async () => {
  transit.close()
  await server.stop()
})

async function openLocal(): Promise<SecretBox> {
  const masterKeys = staticKeyProvider([await toMasterKey(new Uint8Array(32).fill(3))])
  return new LibsodiumSecretBox(new KeyRing({ masterKeys, store: new InMemoryWrappedKeyStore() }))
}

describe.each([
  ['LibsodiumSecretBox', openLocal],
  ['TransitSecretBox', async () => transit],
] as const)('%s', (_name, open) => {
  it(`opens content at its own one of ${places.length} places and at no other`, async () => {
    const box = await open()
    const sealed = await Promise.all(places.map(({ scope, place }) => box.seal(scope, place, content)))
    const opened: string[] = []
    for (const [from, { bytes }] of sealed.entries()) {
      const outcomes = await Promise.allSettled(
        places.map(({ scope, place }) => box.open(scope, place, bytes)),
      )
      for (const [to, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') opened.push(`${places[from]?.name} at ${places[to]?.name}`)
        else expect(outcome.reason).toMatchObject({ code: 'BACKUP_NOT_DECRYPTABLE' })
      }
    }

    expect(opened).toEqual(places.map(({ name }) => `${name} at ${name}`))
  })
})
