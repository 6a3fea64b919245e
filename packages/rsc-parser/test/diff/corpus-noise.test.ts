import { describe, expect, it } from 'vitest'
import {
  buildDocument,
  byteStringToBytes,
  diffDocuments,
  parseBytes,
  type RscDocument,
  renderDocument,
} from '../../src/index.js'
import { corpusNote, hasCorpus, readCorpus } from '../corpus/corpus.js'
import { Random } from '../plan/random-config.js'
import { editableProperties, editOneProperty } from './edit-one-property.js'

const read = (text: string, like: RscDocument) =>
  buildDocument(parseBytes(byteStringToBytes(text)), { major: like.header.major })

describe.skipIf(!hasCorpus)(`diffs of genuine exports${corpusNote}`, () => {
  const files = readCorpus('exports').map((file) => ({
    name: file.name,
    document: buildDocument(parseBytes(file.bytes)),
  }))

  it('are empty between an export and the same one laid out otherwise', () => {
    const noisy: string[] = []
    for (const { name, document } of files) {
      const source = document.source.source.replace(/\r\n/g, '\n')
      const variants = {
        terse: renderDocument(document, { style: 'terse' }),
        onePerLine: renderDocument(document, { style: 'one-per-line' }),
        compact: renderDocument(document, { style: 'compact', width: 132 }),
        crlf: source.replace(/\n/g, '\r\n'),
        otherDate: source.replace(/^# .* by RouterOS/m, '# 2031-05-06 07:08:09 by RouterOS'),
      }
      for (const [kind, text] of Object.entries(variants)) {
        if (diffDocuments(document, read(text, document)).changes.length > 0) noisy.push(`${name} ${kind}`)
      }
    }

    expect(noisy).toEqual([])
  }, 120_000)

  it('are one change when one property was edited', () => {
    const seed = 20_250_301
    const random = new Random(seed)
    const wrong: string[] = []
    for (const { name, document } of files) {
      const properties = editableProperties(document)
      if (properties.length === 0) continue
      for (let count = 0; count < 3; count++) {
        const edit = editOneProperty(document, properties, random)
        const { changes } = diffDocuments(document, read(edit.text, document))
        if (changes.length !== 1) wrong.push(`${name} ${edit.menu} ${edit.property}: ${changes.length}`)
      }
    }

    expect(wrong, `seed ${seed}`).toEqual([])
  }, 120_000)
})
