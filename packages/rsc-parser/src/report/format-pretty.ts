import type { Finding } from '../lint/finding.js'
import { hideSecrets } from './hide-secrets.js'
import { countFindings, type LintedFile } from './linted-file.js'

/** How findings are printed for people. */
export interface PrettyOptions {
  /** ANSI colors; default false. */
  readonly color?: boolean
  /** Print source lines as they are, secrets included; default false. */
  readonly showSecrets?: boolean
  /** Columns of the terminal; default 100. */
  readonly width?: number
}

const codes = { error: 31, warn: 33, dim: 2, bold: 1 } as const

/** Findings with the place in the source, and a summary as last line. */
export function formatPretty(files: readonly LintedFile[], options: PrettyOptions = {}): string {
  const paint = (style: keyof typeof codes, text: string): string =>
    options.color === true ? `\u001b[${codes[style]}m${text}\u001b[0m` : text
  const out: string[] = []
  for (const file of files) {
    if (file.findings.length === 0) continue
    const lines = file.text.split(/\r\n|\n|\r/)
    for (const finding of file.findings) {
      out.push(
        `${paint('bold', `${file.path}:${finding.line}:${finding.column}`)} ${paint(finding.severity, finding.severity === 'error' ? 'error' : 'warning')} ${finding.message} ${paint('dim', finding.ruleId)}`,
      )
      out.push(...codeFrame(lines, finding, options, paint))
      for (const place of finding.related)
        out.push(`  ${paint('dim', `${file.path}:${place.line}`)} ${place.message}`)
      out.push('')
    }
  }
  out.push(summary(files))
  return `${out.join('\n')}\n`
}

function codeFrame(
  lines: readonly string[],
  finding: Finding,
  options: PrettyOptions,
  paint: (style: keyof typeof codes, text: string) => string,
): readonly string[] {
  const source = lines[finding.line - 1] ?? ''
  const shown = options.showSecrets === true ? source : hideSecrets(source)
  const gutter = String(finding.line)
  const width = Math.max(20, (options.width ?? 100) - gutter.length - 5)
  const isMoved = shown !== source
  // With a hidden secret columns no longer fit, so the whole line is marked.
  const from = isMoved ? 0 : Math.min(finding.column - 1, source.length)
  const to =
    isMoved || finding.endLine > finding.line ? shown.length : Math.max(from + 1, finding.endColumn - 1)
  const skip = from > width - 10 ? from - 10 : 0
  const text = (skip > 0 ? '…' : '') + shown.slice(skip, skip + width)
  const pad = from - skip + (skip > 0 ? 1 : 0)
  const marks = '^'.repeat(Math.max(1, Math.min(to - from, text.length - pad)))
  return [
    `  ${paint('dim', `${gutter} |`)} ${text.replaceAll('\t', ' ')}`,
    `  ${paint('dim', `${' '.repeat(gutter.length)} |`)} ${' '.repeat(Math.max(0, pad))}${paint(finding.severity, marks)}`,
  ]
}

function summary(files: readonly LintedFile[]): string {
  const { errors, warnings } = countFindings(files)
  const checked = `${files.length} ${files.length === 1 ? 'file' : 'files'} checked`
  if (errors + warnings === 0) return `${checked}, nothing found.`
  const fixable = files.reduce(
    (sum, file) => sum + file.findings.filter((finding) => finding.fix !== undefined).length,
    0,
  )
  const hint = fixable > 0 ? ` ${fixable} can be fixed with --fix.` : ''
  return `${checked}: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}.${hint}`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
