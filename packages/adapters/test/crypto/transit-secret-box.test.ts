import { TieredSecretBox, TransitSecretBox } from '@tod/adapters/crypto'
import type { SealPlace } from '@tod/core'
import { describeSecretBoxContract, testIds, testScope } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransitServer } from './transit-server.js'

const scope = testScope()
const place: SealPlace = { deviceId: testIds.device1, file: 'export.rsc' }
const content = new Uint8Array(Buffer.from('/user add name=admin password=hunter2'))
let server: TransitServer
let address: string
const boxes: TransitSecretBox[] = []

beforeEach(async () => {
  server = new TransitServer()
  address = await server.start()
})

afterEach(async () => {
  for (const box of boxes.splice(0)) box.close()
  await server.stop()
})

function openBox(options: Partial<ConstructorParameters<typeof TransitSecretBox>[0]> = {}): TransitSecretBox {
  const box = new TransitSecretBox({ address, token: server.issueToken(), pauseMs: 1, ...options })
  boxes.push(box)
  return box
}

describeSecretBoxContract('TransitSecretBox', async () => {
  const own = new TransitServer()
  const port = new TransitSecretBox({ address: await own.start(), token: own.issueToken(), pauseMs: 1 })
  return {
    port,
    close: async () => {
      port.close()
      await own.stop()
    },
  }
})

describe('TransitSecretBox', () => {
  it('stores the ciphertext of the engine and says the version of its key', async () => {
    const box = openBox()
    const first = await box.seal(scope, place, content)
    const digest = await box.digest(scope, place, content)
    server.rotate(`tod-${scope.tenantId}`)

    const second = await box.seal(scope, place, content)

    expect(Buffer.from(first.bytes.subarray(5)).toString()).toMatch(/^vault:v1:/)
    expect(Buffer.from(second.bytes.subarray(5)).toString()).toMatch(/^vault:v2:/)
    expect([first.keyVersion, second.keyVersion]).toEqual([1, 2])
    expect(await box.open(scope, place, first.bytes)).toEqual(content)
    expect(await box.digest(scope, place, content)).toBe(digest)
  })

  it('tries again when the engine hangs up, is sealed or overloaded', async () => {
    const box = openBox()
    await box.seal(scope, place, content)
    server.faults.push('hang up', 503, 429)

    const { bytes } = await box.seal(scope, place, content)

    expect(await box.open(scope, place, bytes)).toEqual(content)
  })

  it('fails closed when the engine stays down: nothing is sealed, nothing is handed out', async () => {
    const box = openBox({ tries: 2 })
    const { bytes } = await box.seal(scope, place, content)
    await server.stop()

    await expect(box.seal(scope, place, content)).rejects.toMatchObject({ code: 'KEY_SERVICE_UNAVAILABLE' })
    await expect(box.open(scope, place, bytes)).rejects.toMatchObject({ code: 'KEY_SERVICE_UNAVAILABLE' })
    await expect(box.digest(scope, place, content)).rejects.toMatchObject({ code: 'KEY_SERVICE_UNAVAILABLE' })
    server = new TransitServer()
    await server.start()
  })

  it('is not taken in by an answer without ciphertext', async () => {
    const box = openBox({ tries: 1 })
    await box.seal(scope, place, content)
    server.faults.push(200)

    await expect(box.seal(scope, place, content)).rejects.toMatchObject({ code: 'KEY_SERVICE_UNAVAILABLE' })
  })

  it('puts what is asked at once into one request, and one damaged item does not harm the others', async () => {
    const box = openBox()
    const texts = Array.from({ length: 20 }, (_, at) => new Uint8Array(Buffer.from(`content ${at}`)))
    await box.seal(scope, place, content)
    server.requests.length = 0

    const sealed = await Promise.all(texts.map((text) => box.seal(scope, place, text)))

    expect(server.requests.filter((line) => line.includes('/encrypt/')).length).toBeLessThan(8)
    const damaged = sealed.map(({ bytes }) => bytes)
    const victim = Buffer.from(damaged[3] ?? [])
    victim.write('AAAA', 40, 'latin1')
    damaged[3] = new Uint8Array(victim)
    const opened = await Promise.allSettled(damaged.map((bytes) => box.open(scope, place, bytes)))
    expect(opened.map((result) => result.status).filter((status) => status === 'rejected')).toHaveLength(1)
    expect(opened[3]).toMatchObject({ reason: { code: 'BACKUP_NOT_DECRYPTABLE' } })
    expect(opened[4]).toEqual({ status: 'fulfilled', value: texts[4] })
  })

  it('gets a new token when the old one has died', async () => {
    let issued = 0
    const box = openBox({
      token: async () => {
        issued++
        return server.issueToken()
      },
    })
    const { bytes } = await box.seal(scope, place, content)
    server.tokens.clear()

    expect(await box.open(scope, place, bytes)).toEqual(content)
    expect(issued).toBe(2)
  })

  it('renews a token before it dies', async () => {
    server.tokenLifeSeconds = 1
    const token = server.issueToken()
    const box = openBox({ token })
    await box.seal(scope, place, content)
    const firstDeath = server.tokens.get(token) ?? 0

    await expect
      .poll(() => server.requests.filter((line) => line.includes('renew-self')).length, { timeout: 5_000 })
      .toBeGreaterThan(0)

    expect(server.tokens.get(token)).toBeGreaterThan(firstDeath)
  })

  it('reads bare ciphertext of another system only where its key is configured', async () => {
    const foreign = Buffer.from(server.encryptAsOthers(`tenant_${scope.tenantId}`, '/ip address print\r\n'))
    const knowing = openBox({ foreignKeyName: (tenantId) => `tenant_${tenantId}` })
    const tiered = new TieredSecretBox({ current: knowing })

    expect(Buffer.from(await tiered.open(scope, place, foreign)).toString()).toBe('/ip address print\r\n')
    await expect(openBox().open(scope, place, foreign)).rejects.toMatchObject({
      code: 'BACKUP_NOT_DECRYPTABLE',
    })
  })

  it('stops waiting when the caller gives up', async () => {
    const box = openBox({ pauseMs: 60_000 })
    await box.seal(scope, place, content)
    server.faults.push(503)
    const giveUp = new AbortController()
    const sealing = box.seal(scope, place, content, { signal: giveUp.signal })
    const refused = expect(sealing).rejects.toThrow()
    await expect.poll(() => server.faults.length).toBe(0)

    giveUp.abort()

    await refused
  })

  it('shows neither token nor content in an error', async () => {
    const token = server.issueToken()
    const box = openBox({ token, tries: 1 })
    await server.stop()

    const error: unknown = await box.seal(scope, place, content).catch((caught: unknown) => caught)

    const shown = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error)
    expect(shown).not.toContain(token)
    expect(shown).not.toContain('hunter2')
    server = new TransitServer()
    await server.start()
  })
})
