import type { SourceRange } from '../../text/source-range.js'
import type { Rule } from '../rule.js'

/** The same property twice in one command. */
export const duplicateProperty: Rule = {
  id: 'duplicate-property',
  category: 'syntax',
  summary: 'The same property twice in one command: the last value wins.',
  recommended: 'warn',
  security: 'off',
  *check({ document }) {
    for (const problem of document.problems) {
      if (problem.code !== 'duplicate-property') continue
      const fix = repeatedTwice(document.source.source, problem.range)
      yield {
        range: problem.range,
        message: problem.message,
        ...(fix === undefined ? {} : { fix: [{ range: fix, text: '' }] }),
      }
    }
  },
}

/** Only a word that stands there twice, letter for letter and side by side, can go without a second thought. */
function repeatedTwice(source: string, range: SourceRange): SourceRange | undefined {
  const end = /^[^\s;\\]*/.exec(source.slice(range.start))?.[0].length ?? 0
  const word = source.slice(range.start, range.start + end)
  if (word === '' || /["[({]/.test(word)) return undefined
  const before = source.slice(0, range.start)
  const isRepeated = before.endsWith(` ${word} `) && /\S=\S|^!?[a-z]/.test(word)
  return isRepeated ? { start: range.start - 1, end: range.start + end } : undefined
}
