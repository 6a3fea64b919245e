import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packContent, paddedLength, unpackContent } from '../../src/crypto/content-frame.js'
import { frameParts } from '../../src/crypto/frame-parts.js'
import { deriveSealKeys } from '../../src/crypto/libsodium-secret-box.js'
import { openFrame, sealedKeyVersion, sealFrame } from '../../src/crypto/sealed-format.js'
import { loadSodium } from '../../src/crypto/sodium.js'

const sodium = await loadSodium()
const keys = deriveSealKeys(sodium, new Uint8Array(32).fill(5))
const place = frameParts('tod sealed content 1', 'tenant', 'device', 'export.rsc')
const header = 33

async function seal(content: Uint8Array, keyVersion = 1, at = place): Promise<Uint8Array> {
  return await sealFrame(sodium, keys, keyVersion, at, await packContent(content))
}

async function open(sealed: Uint8Array, at = place): Promise<Uint8Array | undefined> {
  const frame = await openFrame(sodium, keys, at, sealed)
  return frame === undefined ? undefined : await unpackContent(frame)
}

describe('the sealed format', () => {
  it('opens to what was sealed, for any content', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (content) => {
        expect(await open(await seal(content))).toEqual(content)
      }),
    )
  })

  it('refuses any flipped bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(), async (content, at) => {
        const sealed = await seal(content)
        const bit = at % (sealed.length * 8)
        sealed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7))

        const version = sealedKeyVersion(sealed)

        expect(version === 1 ? await open(sealed) : undefined).toBeUndefined()
      }),
      { numRuns: 400 },
    )
  })

  it('refuses content at another place, whatever the places are', async () => {
    const name = fc.string({ maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.tuple(name, name, name), fc.tuple(name, name, name), async (from, to) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to))
        const sealed = await seal(Buffer.from('content'), 1, frameParts(...from))

        expect(await open(sealed, frameParts(...to))).toBeUndefined()
        expect(await open(sealed, frameParts(...from))).toEqual(new Uint8Array(Buffer.from('content')))
      }),
    )
  })

  it('gives another nonce to everything that is not the very same bytes at the same place', async () => {
    const text = Buffer.from('/ip address add address=192.0.2.1/24\n'.repeat(200))
    const packed = [await packContent(text, 1), await packContent(text, 9)]
    expect(Buffer.compare(packed[0] ?? text, packed[1] ?? text)).not.toBe(0)
    const other = frameParts('tod sealed content 1', 'tenant', 'other device', 'export.rsc')
    const sealed = await Promise.all(
      [place, other].flatMap((at) =>
        packed.flatMap((frame) => [1, 2].map((v) => sealFrame(sodium, keys, v, at, frame))),
      ),
    )

    const nonces = sealed.map((bytes) => Buffer.from(bytes.subarray(9, header)).toString('hex'))

    expect(new Set(nonces).size).toBe(8)
    expect(await open(sealed[0] ?? text)).toEqual(await open(sealed[2] ?? text))
  })

  it('refuses chunks that are cut off, swapped or repeated', async () => {
    const chunk = 256 * 1024 + 16
    const content = new Uint8Array(sodium.randombytes_buf(600_000))
    const sealed = await seal(content)
    const part = (from: number, to: number) => sealed.subarray(header + from * chunk, header + to * chunk)
    const assemble = (...parts: Uint8Array[]) => Buffer.concat([sealed.subarray(0, header), ...parts])
    expect(await open(sealed)).toEqual(content)

    expect(await open(assemble(part(0, 2)))).toBeUndefined()
    expect(await open(assemble(part(0, 1)))).toBeUndefined()
    expect(await open(assemble(part(1, 2), part(0, 1), part(2, 3)))).toBeUndefined()
    expect(await open(assemble(part(0, 1), part(0, 1), part(2, 3)))).toBeUndefined()
    expect(await open(assemble(part(0, 3), part(2, 3)))).toBeUndefined()
  })

  it('lets timers run while ten megabytes are sealed', async () => {
    const content = new Uint8Array(10_000_000)
    for (let at = 0; at < content.length; at += 65_536) content.set(sodium.randombytes_buf(4_096), at)
    const frame = await packContent(content, 1).then(() => content)
    let turns = 0
    const count = setInterval(() => turns++, 0)

    await sealFrame(sodium, keys, 1, place, frame)
    clearInterval(count)

    expect(turns).toBeGreaterThan(10)
  })

  it('hides lengths in steps of at most an eighth', () => {
    for (let length = 0; length < 3_000_000; length = Math.ceil(length * 1.07) + 1) {
      const padded = paddedLength(length)
      expect(padded).toBeGreaterThanOrEqual(length)
      expect(padded - length).toBeLessThanOrEqual(Math.max(64, length * 0.125))
      expect(paddedLength(padded)).toBe(padded)
    }
  })

  it('still opens and still makes the bytes of the test vectors', async () => {
    const file = new URL('./vectors.json', import.meta.url)
    const vectors: {
      name: string
      dataKey: string
      keyVersion: number
      place: [string, string, string]
      frame: string
      content: string
      sealed: string
    }[] = JSON.parse(await readFile(file, 'utf8'))
    expect(vectors.length).toBeGreaterThanOrEqual(4)
    for (const vector of vectors) {
      const derived = deriveSealKeys(sodium, Buffer.from(vector.dataKey, 'hex'))
      const at = frameParts('tod sealed content 1', ...vector.place)
      const frame = new Uint8Array(Buffer.from(vector.frame, 'hex'))

      const sealed = await sealFrame(sodium, derived, vector.keyVersion, at, frame)
      const opened = await openFrame(sodium, derived, at, Buffer.from(vector.sealed, 'hex'))

      expect(Buffer.from(sealed).toString('hex'), vector.name).toBe(vector.sealed)
      expect(opened && Buffer.from((await unpackContent(opened)) ?? []).toString('utf8'), vector.name).toBe(
        vector.content,
      )
    }
  })
})
