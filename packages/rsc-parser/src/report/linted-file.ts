import type { Finding } from '../lint/finding.js'

/** A file with its text and what was found in it: what formats print. */
export interface LintedFile {
  /** As the user named it; `<stdin>` for standard input. */
  readonly path: string
  readonly text: string
  readonly findings: readonly Finding[]
}

/** Number of errors and warnings over all files. */
export function countFindings(files: readonly LintedFile[]): {
  readonly errors: number
  readonly warnings: number
} {
  let errors = 0
  let warnings = 0
  for (const { findings } of files) {
    for (const { severity } of findings) {
      if (severity === 'error') errors++
      else warnings++
    }
  }
  return { errors, warnings }
}
