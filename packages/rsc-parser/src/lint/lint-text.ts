import { buildDocument } from '../document/build-document.js'
import type { RscDocument } from '../document/rsc-document.js'
import { parse } from '../syntax/parser.js'
import { displayText } from '../text/bytes.js'
import { printable } from '../text/printable.js'
import type { SourcePosition } from '../text/source-range.js'
import { readDisableComments } from './disable-comments.js'
import type { Finding } from './finding.js'
import { configFor, type LintConfig } from './lint-config.js'
import { LintSource, type RosVersion } from './lint-source.js'
import type { Report } from './rule.js'
import { rules } from './rules/index.js'

/** What is known of a text besides the text. */
export interface LintOptions {
  readonly config?: LintConfig
  /** Path for overrides per glob, with forward slashes. */
  readonly path?: string
}

/** Lints a text or a document. Never throws on what it holds. */
export function lint(source: string | RscDocument, options: LintOptions = {}): readonly Finding[] {
  const document = typeof source === 'string' ? buildDocument(parse(source)) : source
  const config = configFor(options.config ?? {}, options.path)
  const isFull = config.kind === 'export' || (config.kind === 'auto' && looksLikeFullExport(document))
  const lintSource = new LintSource(document, versionOf(config.ros, document))
  const disabled = readDisableComments(document.source)
  const findings: Finding[] = []
  for (const rule of rules) {
    const severity = config.rules.get(rule.id) ?? 'off'
    if (severity === 'off' || (rule.needsFullExport === true && !isFull)) continue
    for (const report of rule.check(lintSource)) {
      const finding = toFinding(rule.id, severity, report, document)
      if (!disabled.isDisabled(rule.id, finding.line)) findings.push(finding)
    }
  }
  return findings.sort((a, b) => a.range.start - b.range.start || a.ruleId.localeCompare(b.ruleId))
}

/** `lint` of a text with a configuration. */
export function lintText(text: string, config: LintConfig = {}, path?: string): readonly Finding[] {
  return lint(text, path === undefined ? { config } : { config, path })
}

/** A header that RouterOS wrote and menus of several kinds: `/ip address export` has the header too. */
function looksLikeFullExport(document: RscDocument): boolean {
  if (!document.header.majorIsStated || document.interrupted || isCutOff(document)) return false
  const roots = new Set(document.menus.map((menu) => menu.path.split(' ')[0]))
  return document.menus.length >= 5 && roots.size >= 2
}

function isCutOff(document: RscDocument): boolean {
  return document.problems.some(({ code }) => code === 'truncated-export' || code === 'dangling-continuation')
}

function versionOf(asked: string | undefined, document: RscDocument): RosVersion {
  const match = /^(\d+)\.(\d+)/.exec(asked ?? document.header.routerosVersion ?? '')
  if (match === null) return { major: document.header.major, minor: 0 }
  return { major: Number(match[1]), minor: Number(match[2]) }
}

/** Line and column as an editor counts them: of a source read as bytes, several may be one character. */
function placeOf(offset: number, { source }: RscDocument): SourcePosition {
  const { line, column } = source.position(offset)
  if (source.encoding === 'text') return { line, column }
  return { line, column: displayText(source.source.slice(offset - column + 1, offset)).length + 1 }
}

function toFinding(
  ruleId: string,
  severity: 'warn' | 'error',
  report: Report,
  document: RscDocument,
): Finding {
  const { range } = report
  const start = placeOf(range.start, document)
  const end = placeOf(Math.max(range.start, range.end), document)
  return {
    ruleId,
    severity,
    message: printable(displayText(report.message)),
    range,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    related: (report.related ?? []).map((place) => ({
      ...place,
      message: printable(displayText(place.message)),
      line: document.source.position(place.range.start).line,
    })),
    ...(report.fix === undefined ? {} : { fix: report.fix }),
  }
}
