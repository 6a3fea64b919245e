import {
  buildDocument,
  byteStringToBytes,
  diffDocuments,
  fixText,
  lint,
  lintRules,
  parseBytes,
} from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { corpusNote, hasCorpus, readCorpus } from '../corpus/corpus.js'

/** Genuine exports that are broken, by rule: read by eye. A hit elsewhere would be a mistake of ours. */
const trulyBroken: Readonly<Record<string, readonly string[]>> = {
  // Uploads cut in the middle of the file.
  'no-syntax-error': ['004', '026', '195'],
  'no-truncated-export': ['004', '026', '194', '195'],
  // Console output pasted with prompts and tables; the boundary of a mail; parts left out and marked with dots.
  'no-pasted-text': ['140', '144', '148', '153', '158', '168', '169', '170', '180', '181'],
  'no-unknown-command': ['144', '153', '155', '158'],
  // A remark written by hand behind a command.
  'no-comment-after-command': ['095'],
  'duplicate-property': ['055', '150', '187', '188'],
  // The device says that /tool bandwidth-server failed.
  'no-failed-menu': ['018'],
  'no-unknown-menu': [],
  'no-interrupted-export': [],
  'no-invalid-escape': [],
  'no-misspelled-property': [],
  'no-missing-required-property': [],
}

describe.skipIf(!hasCorpus)(`lint of the genuine exports${corpusNote}`, () => {
  it('finds syntax wrong only where it is, and counts its hits', { timeout: 120_000 }, () => {
    const files = readCorpus('exports').map((file) => ({
      ...file,
      document: buildDocument(parseBytes(file.bytes)),
    }))
    const hits = new Map<string, number>()
    const where = new Map<string, Set<string>>()
    for (const { name, document } of files) {
      for (const { ruleId } of lint(document, { config: { extends: ['all'] } })) {
        hits.set(ruleId, (hits.get(ruleId) ?? 0) + 1)
        where.set(ruleId, (where.get(ruleId) ?? new Set()).add(name.slice(-3)))
      }
    }
    const counts = lintRules.map(({ id }) => `${id} ${hits.get(id) ?? 0}/${where.get(id)?.size ?? 0}`)
    console.info(`hits/files: ${counts.join(', ')}`)

    for (const [rule, numbers] of Object.entries(trulyBroken)) {
      expect({ rule, files: [...(where.get(rule) ?? [])] }).toEqual({ rule, files: numbers })
    }
  })

  it('fixes in one go without a change in meaning, and a second one finds nothing to fix', {
    timeout: 120_000,
  }, () => {
    for (const { bytes } of readCorpus('exports')) {
      const text = new TextDecoder('latin1').decode(bytes)
      const once = fixText(text, { extends: ['all'] })
      if (once.fixed === 0) {
        expect(once.text).toBe(text)
        continue
      }
      const [before, after] = [text, once.text].map((each) =>
        buildDocument(parseBytes(byteStringToBytes(each))),
      )
      if (before === undefined || after === undefined) throw new Error('two documents expected')
      expect(diffDocuments(before, after).changes).toEqual([])
      expect(fixText(once.text, { extends: ['all'] }).fixed).toBe(0)
    }
  })
})
