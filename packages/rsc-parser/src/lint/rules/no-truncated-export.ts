import type { Rule } from '../rule.js'

const codes: readonly string[] = ['truncated-export', 'dangling-continuation', 'too-many-problems']

/** The file ends in the middle of a command. */
export const noTruncatedExport: Rule = {
  id: 'no-truncated-export',
  category: 'syntax',
  summary: 'The file ends in the middle of a command.',
  recommended: 'error',
  security: 'error',
  *check({ document }) {
    for (const problem of document.problems) {
      if (codes.includes(problem.code)) yield { range: problem.range, message: problem.message }
    }
  },
}
