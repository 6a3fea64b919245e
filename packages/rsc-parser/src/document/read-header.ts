import { TokenKind } from '../syntax/token.js'
import type { Tree } from '../syntax/tree.js'
import type { SourceRange } from '../text/source-range.js'

/** The part of an export header that its comment lines state. */
export interface StatedHeader {
  readonly routerosVersion?: string
  readonly writtenAt?: string
  readonly softwareId?: string
  readonly systemId?: string
  readonly model?: string
  readonly serialNumber?: string
  readonly range: SourceRange
  /** Number of statements at the top that belong to the header. */
  readonly statements: number
}

/**
 * First line of an export: `# feb/25/2021 09:40:07 by RouterOS 6.47.1` up to 7.9,
 * `# 2023-06-01 12:16:16 by RouterOS 7.10rc1` from then on. Source: measured exports of 5.26 to 7.22.
 */
const versionLine =
  /^# *((?:[a-z]{3}\/\d{2}\/\d{4}|\d{4}-\d{2}-\d{2}) \d{2}:\d{2}:\d{2}) by RouterOS (\d+\.\d+\S*)[ \t]*$/i
const fieldLine = /^# *(software id|system id|model|serial number) *=[ \t]*(.*?)[ \t]*$/
/** What another tool may leave in place of the version line. */
const foreignVersionLine = /^# *(?:version|RouterOS)[:= ]+v?(\d+\.\d+\S*)/i

/** Reads the comment lines at the top of a source; prompts and lines that are no configuration may precede them. */
export function readHeader(tree: Tree): StatedHeader {
  const fields: Record<string, string> = {}
  let version: string | undefined
  let writtenAt: string | undefined
  let start = -1
  let end = -1
  let statements = 0
  for (let i = 0; i < tree.statementCount; i++) {
    const token = tree.statementStart(i)
    const kind = tree.tokenKind(token)
    if (kind !== TokenKind.Comment) {
      // A header that was pasted from a console has the command that made it above.
      if (start >= 0 || i > 8) break
      continue
    }
    const line = tree.tokenText(token)
    const stated = versionLine.exec(line)
    const field = fieldLine.exec(line)
    if (stated !== null) {
      writtenAt = stated[1]
      version = stated[2]
    } else if (field?.[1] !== undefined) fields[field[1]] = field[2] ?? ''
    else {
      const foreign = version === undefined ? foreignVersionLine.exec(line) : null
      if (foreign !== null) version = foreign[1]
      else if (line.trim() !== '#') {
        if (start >= 0) break
        continue
      }
    }
    if (start < 0) start = tree.tokenStart(token)
    end = tree.tokenEnd(token)
    statements = i + 1
  }
  const isHeader = version !== undefined || Object.keys(fields).length > 0
  return {
    ...(version === undefined ? {} : { routerosVersion: version }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    ...(fields['software id'] === undefined ? {} : { softwareId: fields['software id'] }),
    ...(fields['system id'] === undefined ? {} : { systemId: fields['system id'] }),
    ...(fields.model === undefined ? {} : { model: fields.model }),
    ...(fields['serial number'] === undefined ? {} : { serialNumber: fields['serial number'] }),
    range: isHeader ? { start, end } : { start: tree.range.start, end: tree.range.start },
    statements: isHeader ? statements : 0,
  }
}
