import { buildDocument } from '../document/build-document.js'
import { parseBytes } from '../syntax/parser.js'
import { byteStringToBytes, bytesToByteString } from '../text/bytes.js'
import type { Finding, TextEdit } from './finding.js'
import type { LintConfig } from './lint-config.js'
import { lint, lintText } from './lint-text.js'

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
  return fixAll(text, (each) => lintText(each, config, path))
}

/** The same for the bytes of a file; the text of the result is a byte string. */
export function fixBytes(bytes: Uint8Array, config: LintConfig = {}, path?: string): FixResult {
  const options = { config, ...(path === undefined ? {} : { path }) }
  return fixAll(bytesToByteString(bytes), (text) =>
    lint(buildDocument(parseBytes(byteStringToBytes(text))), options),
  )
}

function fixAll(text: string, findingsOf: (text: string) => readonly Finding[]): FixResult {
  let fixedText = text
  let fixed = 0
  let findings = findingsOf(fixedText)
  for (let round = 0; round < maxRounds; round++) {
    const { text: next, made } = applyFixes(fixedText, findings)
    if (made === 0) break
    fixedText = next
    fixed += made
    findings = findingsOf(fixedText)
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
