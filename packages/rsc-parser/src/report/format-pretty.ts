import { buildDocument } from '../document/build-document.js'
import { findSecrets } from '../secrets/find-secrets.js'
import { parse } from '../syntax/parser.js'
import { codeFrame } from './code-frame.js'
import { countFindings, type LintedFile } from './linted-file.js'
import { paint } from './paint.js'

/** How findings are printed for people. */
export interface PrettyOptions {
  /** ANSI colors; default false. */
  readonly color?: boolean
  /** Print source lines as they are, secrets included; default false. */
  readonly showSecrets?: boolean
}

/** Findings with the place in the source, and a summary as last line. */
export function formatPretty(files: readonly LintedFile[], options: PrettyOptions = {}): string {
  const color = paint(options.color === true)
  const out: string[] = []
  for (const file of files) {
    if (file.findings.length === 0) continue
    const document = buildDocument(parse(file.text))
    const secrets = options.showSecrets === true ? [] : findSecrets(document)
    for (const finding of file.findings) {
      const kind = finding.severity === 'error' ? color.red('error') : color.yellow('warning')
      const place = color.bold(`${file.path}:${finding.line}:${finding.column}`)
      out.push(`${place} ${kind} ${finding.message} ${color.dim(finding.ruleId)}`)
      const frame = codeFrame(document.source, finding.range, { paint: color, secrets })
      out.push(frame.replace(/^(?=.)/gm, '  ').trimEnd())
      for (const related of finding.related)
        out.push(`  ${color.dim(`${file.path}:${related.line}`)} ${related.message}`)
      out.push('')
    }
  }
  out.push(summary(files))
  return `${out.join('\n')}\n`
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
