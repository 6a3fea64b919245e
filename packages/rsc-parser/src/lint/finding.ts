import type { SourceRange } from '../text/source-range.js'

/** How much a finding weighs: errors fail a run, warnings do not unless asked for. */
export type Severity = 'warn' | 'error'

/** A replacement in the source. */
export interface TextEdit {
  readonly range: SourceRange
  readonly text: string
}

/** Another place that a finding is about. */
export interface RelatedPlace {
  readonly range: SourceRange
  /** 1-based. */
  readonly line: number
  readonly message: string
}

/** Something a rule found. */
export interface Finding {
  readonly ruleId: string
  readonly severity: Severity
  /** What and why, in a sentence or two; never holds a secret. */
  readonly message: string
  readonly range: SourceRange
  /** 1-based places of the range; the end is exclusive. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly related: readonly RelatedPlace[]
  /** Edits that remove the finding without changing what the device does otherwise. */
  readonly fix?: readonly TextEdit[]
}
