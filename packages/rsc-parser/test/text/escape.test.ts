import { describe, expect, it } from 'vitest'
import { decodeString, formatValue, quoteString, toByteString } from '../../src/index.js'

const decode = (raw: string, encoding: 'text' | 'bytes' = 'bytes') =>
  decodeString(raw, 0, raw.length, encoding).value

describe('decoding a quoted string', () => {
  it.each([
    ['\\"\\\\\\$\\?', '"\\$?'],
    ['a\\_b', 'a b'],
    ['\\n\\r\\t\\a\\b\\f\\v', '\n\r\t\x07\b\f\v'],
    ['\\E9\\00\\FF', '\u00e9\u0000\u00ff'],
    ['\\ff', '\ff'],
    ['a \\\n    b', 'a b'],
    ['a\\\r\n\t\\_b', 'a b'],
    ['a\\ b', 'ab'],
    ['x\\\n    \\n\\\n    y', 'x\ny'],
    ['raw\r\nline\rend\n', 'raw\nline\nend\n'],
  ])('reads %j as RouterOS does', (raw, expected) => {
    expect(decode(raw)).toBe(expected)
  })

  it('turns characters of a text into their UTF-8 bytes and leaves bytes alone', () => {
    expect(decode('caf\u00e9 \u{1f600}', 'text')).toBe('caf\u00c3\u00a9 \u00f0\u009f\u0098\u0080')
    expect(decode('caf\u00e9', 'bytes')).toBe('caf\u00e9')
  })

  it('reports a backslash that begins no escape and keeps the character behind it', () => {
    const raw = 'a\\q\\x0a\\5f\\E'
    expect(decodeString(raw, 0, raw.length, 'bytes')).toMatchObject({
      value: 'aqx0a5fE',
      invalidEscapes: [1, 3, 7, 10],
    })
  })

  it('gives the source offset of every decoded byte', () => {
    const raw = 'a\\n\\E9\\\n  b\u00e9'
    const { value, offsets } = decodeString(raw, 0, raw.length, 'text', true)
    expect(value).toBe('a\n\u00e9b\u00c3\u00a9')
    expect([...(offsets ?? [])]).toEqual([0, 1, 3, 10, 11, 11, 12])
  })
})

describe('writing a value', () => {
  it.each([
    ['', '""'],
    ['abc', 'abc'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['a b', '"a b"'],
    ['a=b', '"a=b"'],
    ["it's", '"it\'s"'],
    ['what?', '"what\\?"'],
    ['$x "y" \\', '"\\$x \\"y\\" \\\\"'],
    ['line\r\n\ttab', '"line\\r\\n\\ttab"'],
    ['\u00e9\u0000\u007f', '"\\E9\\00\\7F"'],
    ['!LAN', '!LAN'],
    ['#x', '#x'],
  ])('writes %j as %s', (value, expected) => {
    expect(formatValue(value)).toBe(expected)
  })

  it('refuses characters that are no bytes', () => {
    expect(() => quoteString('\u20ac')).toThrow(RangeError)
    expect(quoteString(toByteString('\u20ac'))).toBe('"\\E2\\82\\AC"')
  })
})
