import type { LintedFile } from './linted-file.js'

/** Findings as GitHub workflow commands, which show up at the lines of a pull request. */
export function formatGithub(files: readonly LintedFile[]): string {
  const out: string[] = []
  for (const { path, findings } of files) {
    for (const finding of findings) {
      const kind = finding.severity === 'error' ? 'error' : 'warning'
      const places = [
        `file=${property(path)}`,
        `line=${finding.line}`,
        `col=${finding.column}`,
        `endLine=${finding.endLine}`,
        `endColumn=${finding.endColumn}`,
        `title=${property(finding.ruleId)}`,
      ]
      out.push(`::${kind} ${places.join(',')}::${data(finding.message)}`)
    }
  }
  return out.map((line) => `${line}\n`).join('')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
