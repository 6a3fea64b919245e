import type { Tree } from '../syntax/tree.js'

/** Which findings comments in the source switch off. */
export interface DisabledRanges {
  readonly isDisabled: (ruleId: string, line: number) => boolean
}

interface Stretch {
  /** Absent: all rules. */
  readonly rule: string | undefined
  readonly firstLine: number
  lastLine: number
  /** Rules that a later comment switches on again although all were switched off, with the line from which on. */
  readonly except: Map<string, number>
}

const directive = /^\s*rsc-lint-(disable-next-line|disable|enable)\b[ \t]*([a-z0-9-, \t]*?)(?:[ \t]+--.*)?$/

/**
 * Reads `# rsc-lint-disable-next-line rule-a, rule-b`, `# rsc-lint-disable [rules]` and `# rsc-lint-enable [rules]`.
 * Without rules all are meant. What follows ` -- ` is a reason for people. A command that goes on over several lines
 * is one "next line".
 */
export function readDisableComments(tree: Tree): DisabledRanges {
  const stretches: Stretch[] = []
  let nextLine: (string | undefined)[] = []
  for (const statement of tree.statements()) {
    const first = tree.position(statement.range.start).line
    if (statement.kind !== 'comment') {
      const lastLine = tree.position(Math.max(statement.range.start, statement.range.end - 1)).line
      for (const rule of nextLine) stretches.push({ rule, firstLine: first, lastLine, except: new Map() })
      nextLine = []
      continue
    }
    const match = directive.exec(statement.text.replace(/\r$/, ''))
    if (match === null) continue
    const named = (match[2] ?? '').split(/[\s,]+/).filter((id) => id !== '')
    const rules: (string | undefined)[] = named.length === 0 ? [undefined] : named
    if (match[1] === 'disable-next-line') nextLine.push(...rules)
    else if (match[1] === 'disable') {
      for (const rule of rules)
        stretches.push({ rule, firstLine: first, lastLine: Number.MAX_SAFE_INTEGER, except: new Map() })
    } else close(stretches, named, first)
  }
  return { isDisabled: (ruleId, line) => stretches.some((each) => covers(each, ruleId, line)) }
}

function covers(stretch: Stretch, ruleId: string, line: number): boolean {
  if (stretch.rule !== undefined && stretch.rule !== ruleId) return false
  const onAgain = stretch.except.get(ruleId) ?? Number.MAX_SAFE_INTEGER
  return stretch.firstLine <= line && line <= stretch.lastLine && line < onAgain
}

function close(stretches: Stretch[], rules: readonly string[], line: number): void {
  for (const stretch of stretches) {
    if (stretch.lastLine !== Number.MAX_SAFE_INTEGER) continue
    if (rules.length === 0 || (stretch.rule !== undefined && rules.includes(stretch.rule)))
      stretch.lastLine = line
    else if (stretch.rule === undefined) {
      for (const rule of rules) if (!stretch.except.has(rule)) stretch.except.set(rule, line)
    }
  }
}
