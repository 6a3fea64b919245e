import { describe, expect, it } from 'vitest'
import { beforeEndMarker, classifyRefusal, readFacts } from '../../src/routeros/replies.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (content: Uint8Array | undefined) => content && new TextDecoder().decode(content)

describe('beforeEndMarker', () => {
  it('gives everything before the marker, byte for byte', () => {
    expect(text(beforeEndMarker(bytes('/ip address\r\nadd x\r\nend-1\r\n'), 'end-1'))).toBe(
      '/ip address\r\nadd x\r\n',
    )
    expect(text(beforeEndMarker(bytes('end-1\r\n'), 'end-1'))).toBe('')
    expect(text(beforeEndMarker(bytes('a\nend-1'), 'end-1'))).toBe('a\n')
  })

  it('does not take a marker that is cut, inside a line, or followed by more', () => {
    for (const output of ['a\r\nend-', 'a end-1\r\n', 'end-1\r\nmore\r\n', '', 'end-12\r\n']) {
      expect(beforeEndMarker(bytes(output), 'end-1')).toBeUndefined()
    }
  })
})

describe('classifyRefusal', () => {
  it.each([
    ['not enough permissions (9)\r\n', 'not-permitted'],
    ['failure: not allowed by device-mode', 'not-allowed-by-device-mode'],
    ['failure: configuration flagged, check all router configuration', 'configuration-flagged'],
    ['bad command name foo (line 1 column 1)', 'unknown-command'],
    ['expected end of command (line 1 column 19)', 'unknown-command'],
    ['no such item', 'no-such-item'],
    ['interrupted\r\n', 'interrupted'],
    ['failure: something else', 'refused'],
  ])('knows %j', (output, refusal) => {
    expect(classifyRefusal(output, true)).toBe(refusal)
  })

  it('takes silence and a broken channel as cut', () => {
    expect(classifyRefusal('', true)).toBe('cut')
    expect(classifyRefusal('/ip address\r\nadd addr', false)).toBe('cut')
  })
})

describe('readFacts', () => {
  it('reads our own lines only, and keeps blanks and equals signs of values', () => {
    const facts = readFacts('tod:identity= a = b \r\nnoise\r\n tod:x=1\r\ntod:free-space=12\r\n')

    expect([...facts]).toEqual([
      ['identity', ' a = b '],
      ['free-space', '12'],
    ])
  })
})
