import type { Finding } from './finding.js'

/** Findings that are known and accepted: per file, per rule, how many of each message. */
export interface Baseline {
  readonly version: 1
  readonly files: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** A file with what was found in it. */
export interface FileFindings {
  readonly path: string
  readonly findings: readonly Finding[]
}

/** Line numbers are left out on purpose: a baseline survives edits above a finding. */
function keyOf(finding: Finding): string {
  return `${finding.ruleId}: ${finding.message}`
}

/** The baseline that accepts all findings given, in a stable order. */
export function makeBaseline(results: readonly FileFindings[]): Baseline {
  const files: Record<string, Record<string, number>> = {}
  for (const { path, findings } of [...results].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (findings.length === 0) continue
    const counts: Record<string, number> = {}
    for (const key of findings.map(keyOf).sort()) counts[key] = (counts[key] ?? 0) + 1
    files[path] = counts
  }
  return { version: 1, files }
}

/** The findings of a file that a baseline does not accept. */
export function withoutBaseline(result: FileFindings, baseline: Baseline): readonly Finding[] {
  const left = new Map(Object.entries(baseline.files[result.path] ?? {}))
  return result.findings.filter((finding) => {
    const key = keyOf(finding)
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    return count === 0
  })
}

/** Reads what a baseline file holds; undefined when it is none. */
export function readBaseline(value: unknown): Baseline | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { version, files } = value as { version?: unknown; files?: unknown }
  return version === 1 && typeof files === 'object' && files !== null ? (value as Baseline) : undefined
}
