import type { Finding } from '../lint/finding.js'
import { rules } from '../lint/rules/index.js'
import { version as packageVersion } from '../version.js'
import type { LintedFile } from './linted-file.js'

const schema = 'https://json.schemastore.org/sarif-2.1.0.json'

/**
 * Findings as a SARIF 2.1.0 log, for code scanning.
 * @param version of this package, as it should be reported.
 */
export function formatSarif(files: readonly LintedFile[], version = packageVersion): string {
  const index = new Map(rules.map((rule, at) => [rule.id, at]))
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'rsc lint',
            version,
            rules: rules.map((rule) => ({
              id: rule.id,
              shortDescription: { text: rule.summary },
              properties: { category: rule.category },
              defaultConfiguration: { enabled: rule.recommended !== 'off', level: levelOf(rule.recommended) },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map(({ path }) => ({ location: { uri: uriOf(path) } })),
        results: files.flatMap((file, artifact) =>
          file.findings.map((finding) =>
            result(finding, file.path, artifact, index.get(finding.ruleId) ?? -1),
          ),
        ),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function result(finding: Finding, path: string, artifact: number, ruleIndex: number) {
  const location = (region: object, message?: string) => ({
    physicalLocation: { artifactLocation: { uri: uriOf(path), index: artifact }, region },
    ...(message === undefined ? {} : { message: { text: message } }),
  })
  const related = finding.related.map((place) => location({ startLine: place.line }, place.message))
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: levelOf(finding.severity),
    message: { text: finding.message },
    locations: [
      location({
        startLine: finding.line,
        startColumn: finding.column,
        endLine: finding.endLine,
        endColumn: finding.endColumn,
      }),
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
  }
}

function levelOf(setting: 'off' | 'warn' | 'error'): 'none' | 'warning' | 'error' {
  return setting === 'error' ? 'error' : setting === 'warn' ? 'warning' : 'none'
}

/** A relative path stays relative; characters that a URI cannot hold are escaped. */
function uriOf(path: string): string {
  return path === '<stdin>'
    ? 'stdin'
    : encodeURI(path.replaceAll('\\', '/')).replaceAll('#', '%23').replaceAll('?', '%3F')
}
