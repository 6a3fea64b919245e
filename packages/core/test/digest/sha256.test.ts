import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../src/digest/sha256.js'

describe('sha256', () => {
  it('gives the digests of the standard', () => {
    expect(sha256Hex(new Uint8Array())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(sha256Hex(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('agrees with another implementation at every length around the block size', () => {
    for (let length = 0; length < 200; length++) {
      const content = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 0xff)
      expect(sha256Hex(content)).toBe(createHash('sha256').update(content).digest('hex'))
    }
  })
})
