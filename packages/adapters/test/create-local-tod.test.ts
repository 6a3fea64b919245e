import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalTod, type LocalTod, type LocalTodOptions } from '@tod/adapters'
import { TransitSecretBox } from '@tod/adapters/crypto'
import { expectCode, openGuard, testIds, testScope } from '@tod/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TransitServer } from './crypto/transit-server.js'

const scope = testScope()
const deviceId = testIds.device1
const place = { deviceId, file: 'export.rsc' } as const
const content = new Uint8Array(Buffer.from('/ip address print\r\n'))
const login = { username: 'backup', password: 'p' }

describe('an installation in a folder that cannot be', () => {
  it('says so with a code', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tod-local-'))
    await writeFile(join(directory, 'file'), '')

    await expectCode(createLocalTod({ directory: join(directory, 'file') }), 'STORAGE_UNAVAILABLE')
    await expectCode(createLocalTod({ directory: join(directory, 'file', 'below') }), 'STORAGE_UNAVAILABLE')

    await rm(directory, { recursive: true })
  })
})

/** One installation whose way of sealing is changed from time to time. */
describe('an installation that was set up otherwise before', () => {
  const server = new TransitServer()
  let directory: string
  let transit: TransitSecretBox
  const stored = new Map<string, Uint8Array>()

  const withOpened = async <T>(options: Partial<LocalTodOptions>, work: (local: LocalTod) => Promise<T>) => {
    const local = await createLocalTod({ directory, guard: openGuard, ...options })
    try {
      return await work(local)
    } finally {
      await local.close()
    }
  }
  const readable = (options: Partial<LocalTodOptions>) =>
    withOpened(options, async ({ tod }) => {
      const found: string[] = []
      for (const [setting, bytes] of stored) {
        const outcome = await tod.ports.secretBox.open(scope, place, bytes).catch((error: unknown) => error)
        if (outcome instanceof Uint8Array) found.push(setting)
        else expect(outcome).toMatchObject({ code: 'BACKUP_NOT_DECRYPTABLE' })
      }
      return found
    })

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tod-local-'))
    transit = new TransitSecretBox({ address: await server.start(), token: server.issueToken(), tries: 1 })
    const settings = { plaintext: { encryption: 'plaintext' }, local: {}, transit: { sealWith: transit } }
    for (const [setting, options] of Object.entries(settings)) {
      await withOpened(options as Partial<LocalTodOptions>, async ({ tod, database, credentials }) => {
        stored.set(setting, (await tod.ports.secretBox.seal(scope, place, content)).bytes)
        await database.devices.put(scope, { deviceId, name: 'n', host: 'h', port: 22 })
        await credentials.put(scope, deviceId, login)
      })
    }
  })
  afterAll(async () => {
    transit.close()
    await server.stop()
    await rm(directory, { recursive: true })
  })

  it('reads what local keys have sealed, and the rest only where it is told to', async () => {
    expect(await readable({})).toEqual(['local'])
    expect(await readable({ alsoReads: { plaintext: true } })).toEqual(['plaintext', 'local'])
    expect(await readable({ alsoReads: { transit } })).toEqual(['local', 'transit'])
    expect(await readable({ sealWith: transit })).toEqual(['local', 'transit'])
    expect(await readable({ encryption: 'plaintext', alsoReads: { transit } })).toEqual([
      'plaintext',
      'local',
      'transit',
    ])
  })

  it('finds its credentials, which are sealed in plaintext mode too', async () => {
    for (const options of [{ sealWith: transit }, { alsoReads: { transit } }] as const) {
      expect(await withOpened(options, ({ credentials }) => credentials.find(scope, deviceId))).toEqual(login)
    }
    expect(Buffer.from(stored.get('plaintext') ?? []).toString()).toContain('/ip address')
  })
})
