import type { Finding } from '../lint/finding.js'
import type { LintedFile } from './linted-file.js'

/** Findings in the shape that ESLint's `json` format has: an array of files with `messages`. */
export function formatJson(files: readonly LintedFile[]): string {
  return `${JSON.stringify(files.map(fileResult), null, 2)}\n`
}

function fileResult({ path, findings }: LintedFile) {
  const count = (severity: Finding['severity']): number =>
    findings.filter((each) => each.severity === severity).length
  const fixable = (severity: Finding['severity']): number =>
    findings.filter((each) => each.severity === severity && each.fix !== undefined).length
  return {
    filePath: path,
    messages: findings.map(message),
    errorCount: count('error'),
    fatalErrorCount: 0,
    warningCount: count('warn'),
    fixableErrorCount: fixable('error'),
    fixableWarningCount: fixable('warn'),
  }
}

function message(finding: Finding) {
  const [edit, ...more] = finding.fix ?? []
  return {
    ruleId: finding.ruleId,
    severity: finding.severity === 'error' ? 2 : 1,
    message: finding.message,
    line: finding.line,
    column: finding.column,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    related: finding.related.map(({ line, message: text }) => ({ line, message: text })),
    ...(edit === undefined || more.length > 0
      ? {}
      : { fix: { range: [edit.range.start, edit.range.end], text: edit.text } }),
  }
}
