import { describe, expect, it } from 'vitest'
import { openBackup, sealBackup } from '../../src/backup/backup-container.js'

const content = Buffer.from('the whole store')
const salt = Buffer.alloc(32, 7)

describe('backup file', () => {
  for (const [encryption, magic] of [
    ['none', '88aca1b1'],
    ['rc4', 'efa89172'],
    ['aes-sha256', 'efa89173'],
  ] as const) {
    it(`starts with its magic and its size when encryption is ${encryption}`, () => {
      const file = sealBackup(content, encryption, 'secret', salt)

      expect(file.subarray(0, 4).toString('hex')).toBe(magic)
      expect(file.readUInt32LE(4)).toBe(file.length)
      expect(openBackup(file, 'secret')).toEqual({ ok: true, content })
    })
  }

  it('does not open with another password', () => {
    expect(openBackup(sealBackup(content, 'rc4', 'a', salt), 'b')).toEqual({
      ok: false,
      problem: 'wrong-password',
    })
    expect(openBackup(sealBackup(content, 'aes-sha256', 'a', salt), 'b')).toEqual({
      ok: false,
      problem: 'wrong-password',
    })
  })

  it('is refused when its end is missing', () => {
    const file = sealBackup(content, 'none', '', salt)

    expect(openBackup(file.subarray(0, -1), '')).toEqual({ ok: false, problem: 'truncated' })
  })
})
