import type { SourceRange } from '../text/source-range.js'
import type { TextEdit } from './finding.js'
import type { LintSource } from './lint-source.js'

/** What a rule is set to. */
export type RuleSetting = 'off' | 'warn' | 'error'

/** What a rule says about a place, before severity and line numbers are added. */
export interface Report {
  readonly range: SourceRange
  readonly message: string
  readonly related?: readonly { readonly range: SourceRange; readonly message: string }[]
  readonly fix?: readonly TextEdit[]
}

/** A lint rule. Its page is `docs/rules/<id>.md`, its examples are in `test/rules/<id>/`. */
export interface Rule {
  readonly id: string
  readonly category: 'syntax' | 'firewall' | 'exposure' | 'correctness'
  /** One line for lists. */
  readonly summary: string
  /** Setting in preset `recommended`. */
  readonly recommended: RuleSetting
  /** Setting in preset `security`. */
  readonly security: RuleSetting
  /** The rule needs to see the whole configuration: it is silent on fragments. */
  readonly needsFullExport?: true
  readonly check: (source: LintSource) => Iterable<Report>
}
