import type { Rule } from '../rule.js'

const codes: readonly string[] = ['unknown-menu']

/** A menu that no known release of RouterOS has. */
export const noUnknownMenu: Rule = {
  id: 'no-unknown-menu',
  category: 'syntax',
  summary: 'A menu that no known release of RouterOS has.',
  recommended: 'warn',
  security: 'off',
  *check({ document }) {
    for (const problem of document.problems) {
      if (codes.includes(problem.code)) yield { range: problem.range, message: problem.message }
    }
  },
}
