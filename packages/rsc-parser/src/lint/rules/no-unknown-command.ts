import type { Rule } from '../rule.js'

const codes: readonly string[] = ['unknown-command']

/** A command that its menu does not have. */
export const noUnknownCommand: Rule = {
  id: 'no-unknown-command',
  category: 'syntax',
  summary: 'A command that its menu does not have.',
  recommended: 'warn',
  security: 'off',
  *check({ document }) {
    for (const problem of document.problems) {
      if (codes.includes(problem.code)) yield { range: problem.range, message: problem.message }
    }
  },
}
