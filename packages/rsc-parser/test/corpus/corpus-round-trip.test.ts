import { describe, expect, it } from 'vitest'
import { parse, parseBytes, print, printBytes } from '../../src/index.js'
import { corpusNote, hasCorpus, readCorpus } from './corpus.js'

describe.skipIf(!hasCorpus)(`the corpus${corpusNote}`, () => {
  it('is printed back byte by byte, all 318 files', () => {
    const files = readCorpus()
    expect(files).toHaveLength(318)
    const lost = files.filter(({ bytes }) => Buffer.compare(printBytes(parseBytes(bytes)), bytes) !== 0)
    expect(lost.map((file) => file.name)).toEqual([])
  })

  it('is printed back as text too', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    const lost = readCorpus().filter(({ bytes }) => {
      const text = decoder.decode(bytes)
      return print(parse(text)) !== text
    })
    expect(lost.map((file) => file.name)).toEqual([])
  })
})
