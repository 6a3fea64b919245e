import { describe, expect, it } from 'vitest'
import { buildDocument, parseBytes } from '../../src/index.js'
import { corpusNote, hasCorpus, readCorpus } from '../corpus/corpus.js'
import { provePlan } from './prove-plan.js'

describe.skipIf(!hasCorpus)(`plans over consecutive exports${corpusNote}`, () => {
  const files = readCorpus('pairs')
  const numbers = [...new Set(files.map((file) => file.name.slice(0, 8)))]

  it.each(numbers)('%s: the plan takes each state to the other, without detours', (number) => {
    const bytes = (side: string) =>
      files.find((file) => file.name.startsWith(`${number}/${side}`))?.bytes ?? new Uint8Array()
    const headers = ['old', 'new'].map((side) => buildDocument(parseBytes(bytes(side))).header)
    const major = Math.max(...headers.map((header) => header.major))
    const [old, next] = ['old', 'new'].map((side) => buildDocument(parseBytes(bytes(side)), { major }))
    if (old === undefined || next === undefined) throw new Error('a pair has two sides')

    for (const [current, target] of [
      [old, next],
      [next, old],
    ] as const) {
      const proof = provePlan(current, target)

      expect(proof.differences).toEqual([])
      expect(proof.emptied).toBe(0)
      expect(proof.removedUnchanged).toBe(0)
    }
  })
})
