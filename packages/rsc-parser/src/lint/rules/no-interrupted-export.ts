import type { Rule } from '../rule.js'

const codes: readonly string[] = ['export-interrupted']

/** The export was cut off on the device. */
export const noInterruptedExport: Rule = {
  id: 'no-interrupted-export',
  category: 'syntax',
  summary: 'The export was cut off on the device.',
  recommended: 'error',
  security: 'error',
  *check({ document }) {
    for (const problem of document.problems) {
      if (codes.includes(problem.code)) yield { range: problem.range, message: problem.message }
    }
  },
}
