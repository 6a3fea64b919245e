import type { Finding, TextEdit } from './finding.js'
import type { LintConfig } from './lint-config.js'
import { lintText } from './lint-text.js'

const maxRounds = 10

/** A text with the safe fixes of its findings made. */
export interface FixResult {
  readonly text: string
  /** Number of findings whose fix was made. */
  readonly fixed: number
  /** What is left. */
  readonly findings: readonly Finding[]
}

/** Makes all fixes that rules offer, again and again until none is left. Fixing twice is fixing once. */
export function fixText(text: string, config: LintConfig = {}, path?: string): FixResult {
  let fixedText = text
  let fixed = 0
  let findings = lintText(fixedText, config, path)
  for (let round = 0; round < maxRounds; round++) {
    const { text: next, made } = applyFixes(fixedText, findings)
    if (made === 0) break
    fixedText = next
    fixed += made
    findings = lintText(fixedText, config, path)
  }
  return { text: fixedText, fixed, findings }
}

/** Makes the fixes that do not overlap, first come first served. */
export function applyFixes(
  text: string,
  findings: readonly Finding[],
): { readonly text: string; readonly made: number } {
  const edits: TextEdit[] = []
  let made = 0
  for (const { fix } of findings) {
    if (
      fix === undefined ||
      fix.length === 0 ||
      fix.some((edit) => edits.some((known) => touches(known, edit)))
    )
      continue
    edits.push(...fix)
    made++
  }
  let result = text
  for (const edit of edits.sort((a, b) => b.range.start - a.range.start)) {
    result = result.slice(0, edit.range.start) + edit.text + result.slice(edit.range.end)
  }
  return { text: result, made }
}

function touches(a: TextEdit, b: TextEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end
}
