import { describe, expect, it } from 'vitest'
import {
  byteStringToBytes,
  bytesToByteString,
  displayText,
  LineIndex,
  toByteString,
} from '../../src/index.js'

describe('byte strings', () => {
  it('come from text as UTF-8 and are displayed as text again', () => {
    expect(displayText(toByteString('Gr\u00fc\u00dfe \u{1f4c6}'))).toBe('Gr\u00fc\u00dfe \u{1f4c6}')
  })

  it('are displayed one character per byte when they are no UTF-8', () => {
    expect(displayText('Salari\u00e9')).toBe('Salari\u00e9')
  })

  it('hold each byte of a buffer, in chunks too', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7) & 255)
    expect(byteStringToBytes(bytesToByteString(bytes))).toEqual(bytes)
  })
})

describe('the line index', () => {
  it('counts lines and columns from one over all kinds of line ends', () => {
    const index = new LineIndex('ab\ncd\r\nef\rg')
    expect([0, 1, 3, 7, 8, 10, 11].map((offset) => index.position(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 2 },
      { line: 4, column: 1 },
      { line: 4, column: 2 },
    ])
    expect([index.lineCount, index.lineStart(3), index.lineStart(9)]).toEqual([4, 7, -1])
  })
})
