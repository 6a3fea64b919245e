import type { Rule } from '../rule.js'

const codes: readonly string[] = [
  'unterminated-string',
  'unclosed-bracket',
  'unexpected-closing-bracket',
  'unexpected-character',
  'missing-value',
  'elided-prefix-without-group',
]

/** The text cannot be read as RouterOS commands. */
export const noSyntaxError: Rule = {
  id: 'no-syntax-error',
  category: 'syntax',
  summary: 'The text cannot be read as RouterOS commands.',
  recommended: 'error',
  security: 'error',
  *check({ document }) {
    for (const problem of document.problems) {
      if (codes.includes(problem.code)) yield { range: problem.range, message: problem.message }
    }
  },
}
