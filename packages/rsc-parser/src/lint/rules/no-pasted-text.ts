import type { Rule } from '../rule.js'

const codes: readonly string[] = ['not-configuration', 'console-prompt']

/** Lines that are no configuration: prompts, tables, mail text. */
export const noPastedText: Rule = {
  id: 'no-pasted-text',
  category: 'syntax',
  summary: 'Lines that are no configuration: prompts, tables, mail text.',
  recommended: 'error',
  security: 'error',
  *check({ document }) {
    for (const problem of document.problems) {
      if (codes.includes(problem.code)) yield { range: problem.range, message: problem.message }
    }
  },
}
