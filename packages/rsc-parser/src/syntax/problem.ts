import type { SourceRange } from '../text/source-range.js'

/** Every code a problem can have; `docs/problems.md` explains each. Codes are never renamed or reused. */
export const problemCodes = [
  'unterminated-string',
  'dangling-continuation',
  'blank-after-continuation',
  'unclosed-bracket',
  'unexpected-closing-bracket',
  'unexpected-character',
  'invalid-escape',
  'missing-value',
  'elided-prefix-without-group',
  'comment-after-command',
  'not-configuration',
  'console-prompt',
  'unknown-menu',
  'unknown-command',
  'duplicate-property',
  'truncated-export',
  'export-error',
  'export-interrupted',
  'too-many-problems',
] as const

/** Closed union of problem codes. */
export type ProblemCode = (typeof problemCodes)[number]

/** Something in the source that is not as RouterOS would have it. The parser reports, it never throws. */
export interface Problem {
  readonly code: ProblemCode
  readonly range: SourceRange
  /** One English sentence; never holds a value from the source that may be a secret. */
  readonly message: string
}
