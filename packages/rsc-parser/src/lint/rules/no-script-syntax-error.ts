import { embeddedScripts } from '../../document/embedded-script.js'
import type { Rule } from '../rule.js'

const codes: ReadonlySet<string> = new Set([
  'unterminated-string',
  'unclosed-bracket',
  'unexpected-closing-bracket',
  'unexpected-character',
])

/** A syntax error in a script that the configuration carries. */
export const noScriptSyntaxError: Rule = {
  id: 'no-script-syntax-error',
  category: 'syntax',
  summary: 'A script in source=, on-event= or the like does not parse.',
  recommended: 'error',
  security: 'off',
  *check({ document }) {
    for (const item of document.items) {
      for (const script of embeddedScripts(document, item)) {
        for (const problem of script.tree.problems) {
          if (!codes.has(problem.code)) continue
          yield {
            range: script.toSource(problem.range),
            message: `${script.property.name}= holds code that RouterOS cannot read as a whole: ${problem.message}`,
          }
          break
        }
      }
    }
  },
}
