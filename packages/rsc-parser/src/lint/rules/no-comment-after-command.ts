import type { Rule } from '../rule.js'

const codes: readonly string[] = ['comment-after-command', 'blank-after-continuation']

/** A comment, or a blank after a backslash, where RouterOS takes none. */
export const noCommentAfterCommand: Rule = {
  id: 'no-comment-after-command',
  category: 'syntax',
  summary: 'A comment, or a blank after a backslash, where RouterOS takes none.',
  recommended: 'warn',
  security: 'off',
  *check({ document }) {
    for (const problem of document.problems) {
      if (codes.includes(problem.code)) yield { range: problem.range, message: problem.message }
    }
  },
}
