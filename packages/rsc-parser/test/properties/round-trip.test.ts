import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildDocument,
  formatValue,
  parse,
  parseBytes,
  print,
  printBytes,
  significantText,
} from '../../src/index.js'

const fragments = [
  '/ip firewall filter',
  'add',
  'set',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\\\n    ',
  'name=',
  '"a b"',
  '"',
  '"$[get "x"]"',
  '$x',
  '$(',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  ';',
  '#',
  '!',
  '=',
  '.mode=ap',
  '*1F',
  '\\',
  '\u00e9',
  '\ufeff',
  '[admin@MikroTik] > ',
  '#error exporting /x',
]
const script = fc.array(
  fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 4 })),
  {
    maxLength: 60,
  },
)
const byteString = fc.uint8Array({ maxLength: 40 }).map((bytes) => String.fromCharCode(...bytes))

describe('for every input', () => {
  it('printing the tree gives the text back, and the tokens cover it once', () => {
    fc.assert(
      fc.property(script, (pieces) => {
        const text = pieces.join('')
        const tree = parse(text)
        expect(print(tree)).toBe(text)
        let offset = 0
        for (const token of tree.tokens()) {
          expect(token.start).toBe(offset)
          expect(token.end).toBeGreaterThan(token.start)
          offset = token.end
        }
        expect(offset).toBe(text.length)
      }),
      { numRuns: 3000 },
    )
  })

  it('printing the tree of bytes gives the bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(printBytes(parseBytes(bytes))).toEqual(bytes)
      }),
      { numRuns: 1000 },
    )
  })

  it('the document is built without an exception and significant text is stable', () => {
    fc.assert(
      fc.property(script, (pieces) => {
        const text = pieces.join('')
        for (const item of buildDocument(text).items) expect(item.identity.text).toBeTypeOf('string')
        const once = significantText(text)
        expect(significantText(once)).toBe(once)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('for every byte string', () => {
  it('a written value reads as what was written', () => {
    fc.assert(
      fc.property(byteString, (value) => {
        const document = buildDocument(`/ip pool\nadd comment=${formatValue(value)} name=x\n`)
        expect(document.items[0]?.properties.get('comment')).toMatchObject({ value, constant: true })
        expect(document.items[0]?.properties.get('name')?.value).toBe('x')
        expect(document.problems).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })
})
