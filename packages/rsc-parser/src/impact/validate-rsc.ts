import { buildDocument } from '../document/build-document.js'
import { parse } from '../syntax/parser.js'
import type { ProblemCode } from '../syntax/problem.js'

/** Problems with which a text is no configuration that a device could take. */
const fatal: ReadonlySet<ProblemCode> = new Set([
  'unterminated-string',
  'dangling-continuation',
  'unclosed-bracket',
  'unexpected-closing-bracket',
  'unexpected-character',
  'missing-value',
  'not-configuration',
  'console-prompt',
  'truncated-export',
  'export-interrupted',
])

/** Says whether a text can be imported, with a sentence per problem. For compatibility only: use `buildDocument`. */
export function validateRsc(text: string): { readonly valid: boolean; readonly errors: readonly string[] } {
  const document = buildDocument(parse(text))
  const errors = document.problems
    .filter((problem) => fatal.has(problem.code))
    .map((problem) => `line ${document.source.position(problem.range.start).line}: ${problem.message}`)
  return { valid: errors.length === 0, errors }
}
