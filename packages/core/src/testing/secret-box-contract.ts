import { expect } from 'vitest'
import type { SealPlace, SecretBox } from '../ports/secret-box.js'
import {
  type ContractOptions,
  describeContract,
  expectBytes,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope } from './test-scopes.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const place: SealPlace = { deviceId: testIds.device1, file: 'export.rsc' }
const encoder = new TextEncoder()
const secret = encoder.encode('/ppp secret add name=x password="correct horse battery staple"\r\n')

/** What every `SecretBox` that seals has to do. A plaintext box skips the cases that its nature forbids. */
export function describeSecretBoxContract(
  name: string,
  open: OpenPort<OpenedPort<SecretBox>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as SecretBox`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<SecretBox>) => Promise<void>> = {
  'opens what it sealed, whatever the size': async ({ port }) => {
    for (const length of [0, 1, 63, 4096, 100_000, 1_500_000]) {
      const content = Uint8Array.from({ length }, (_, index) => (index * 13 + (index >> 7)) & 0xff)
      const sealed = await port.seal(scope, place, content)

      expectBytes(await port.open(scope, place, sealed.bytes), content)
    }
  },

  'says tier and key version of what it sealed': async ({ port }) => {
    const sealed = await port.seal(scope, place, secret)

    expect(sealed.tier).toBe(port.tier)
    expect(sealed.keyVersion).toBeGreaterThanOrEqual(port.tier === null ? 0 : 1)
  },

  'gives equal bytes for equal content of one place': async ({ port }) => {
    const first = await port.seal(scope, place, secret)
    const second = await port.seal(scope, place, secret)

    expect(second.bytes).toEqual(first.bytes)
  },

  'gives other bytes for another device, file, tenant or content': async ({ port }) => {
    const seals = await Promise.all([
      port.seal(scope, place, secret),
      port.seal(scope, { ...place, deviceId: testIds.device2 }, secret),
      port.seal(scope, { ...place, file: 'backup.bin' }, secret),
      port.seal(other, place, secret),
      port.seal(scope, place, encoder.encode('another text')),
    ])

    expect(new Set(seals.map((sealed) => String(sealed.bytes))).size).toBe(seals.length)
  },

  'shows nothing of the content': async ({ port }) => {
    const { bytes } = await port.seal(scope, place, secret)

    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('correct horse')
  },

  'does not open at another place': async ({ port }) => {
    const { bytes } = await port.seal(scope, place, secret)

    await expectCode(
      port.open(scope, { ...place, deviceId: testIds.device2 }, bytes),
      'BACKUP_NOT_DECRYPTABLE',
    )
    await expectCode(port.open(scope, { ...place, file: 'backup.bin' }, bytes), 'BACKUP_NOT_DECRYPTABLE')
    await expectCode(port.open(other, place, bytes), 'BACKUP_NOT_DECRYPTABLE')
  },

  'refuses any flipped byte and any cut': async ({ port }) => {
    const { bytes } = await port.seal(scope, place, secret)

    for (let index = 0; index < bytes.length; index += Math.max(1, Math.floor(bytes.length / 40))) {
      const flipped = bytes.slice()
      flipped[index] = (flipped[index] ?? 0) ^ 1
      await expectCode(port.open(scope, place, flipped), 'BACKUP_NOT_DECRYPTABLE')
      await expectCode(port.open(scope, place, bytes.slice(0, index)), 'BACKUP_NOT_DECRYPTABLE')
    }
  },

  'gives a digest that is equal for equal content and tells nothing without the key': async ({ port }) => {
    const digest = await port.digest(scope, place, secret)

    expect(digest).toMatch(/^[0-9a-f]{32,128}$/)
    expect(await port.digest(scope, place, secret)).toBe(digest)
    expect(await port.digest(scope, place, encoder.encode('other'))).not.toBe(digest)
    expect(await port.digest(scope, { ...place, deviceId: testIds.device2 }, secret)).not.toBe(digest)
    expect(await port.digest(other, place, secret)).not.toBe(digest)
  },

  'does not change the content it is given': async ({ port }) => {
    const content = secret.slice()

    const { bytes } = await port.seal(scope, place, content)
    await port.open(scope, place, bytes)

    expect(content).toEqual(secret)
  },

  'serves many callers at once on a new tenant': async ({ port }) => {
    const seals = await Promise.all(Array.from({ length: 12 }, () => port.seal(scope, place, secret)))

    expect(new Set(seals.map((sealed) => String(sealed.bytes))).size).toBe(1)
    expect(await port.open(scope, place, seals[0]?.bytes ?? new Uint8Array())).toEqual(secret)
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    await expectCode(port.seal(forgedScope(), place, secret), 'SCOPE_INVALID')
    await expectCode(port.open(forgedScope(), place, secret), 'SCOPE_INVALID')
    await expectCode(port.digest(forgedScope(), place, secret), 'SCOPE_INVALID')
  },
}
