import type { Rule } from '../rule.js'

const codes: readonly string[] = ['invalid-escape']

/** A backslash sequence that RouterOS does not accept. */
export const noInvalidEscape: Rule = {
  id: 'no-invalid-escape',
  category: 'syntax',
  summary: 'A backslash sequence that RouterOS does not accept.',
  recommended: 'warn',
  security: 'off',
  *check({ document }) {
    for (const problem of document.problems) {
      if (codes.includes(problem.code)) yield { range: problem.range, message: problem.message }
    }
  },
}
