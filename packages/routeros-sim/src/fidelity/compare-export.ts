import { versionNumbers } from '../export/export-header.js'
import { unwrapLines } from '../export/unwrap-lines.js'
import { writeSections } from '../export/write-export.js'
import { bareConfig } from '../state/bare-config.js'
import { loadExport, readHeader } from '../state/load-export.js'
import { factsFor } from '../state/menu-knowledge.js'
import { exportStyleOf } from './export-style-of.js'
import { commonLines } from './line-difference.js'
import { rewriteExport } from './rewrite-export.js'

/** Why a line differs. */
export type DifferenceKind = 'wrapping' | 'place' | 'properties' | 'missing' | 'extra'

/** One line that is not as in the file. Numbers are 1-based and count the file's own lines without comments. */
export interface LineDifference {
  readonly kind: DifferenceKind
  readonly side: 'file' | 'export'
  readonly line: number
  readonly text: string
}

/** What came of one file. */
export interface ExportComparison {
  readonly version: string
  readonly verbose: boolean
  readonly terse: boolean
  readonly width: number
  readonly identical: boolean
  readonly lines: number
  readonly identicalLines: number
  readonly differences: readonly LineDifference[]
}

/** Lines that say something of the configuration: no comments, no empty lines, no blanks at the end. */
function significant(text: string): string[] {
  const kept: string[] = []
  let continued = false
  for (const line of text.split('\n')) {
    const isComment: boolean =
      !continued && (line.startsWith('#') || line.trim() === '' || /^\[[^\]]+@[^\]]*\] .*>/.test(line))
    continued = !isComment && /(?:^|[^\\])(?:\\\\)*\\$/.test(line)
    if (!isComment) kept.push(line)
  }
  return kept
}

/**
 * In a terse export a comment of the router about an item forces its path onto a line of its own; that goes with the
 * comment, so the two lines are one again.
 */
function joinPathLines(lines: readonly string[]): string[] {
  const joined: string[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    const isPath = last !== undefined && /^\/[a-z0-9 -]+$/.test(last) && !/ (?:add|set)\b/.test(last)
    if (isPath && /^(?:add|set)(?: |$)/.test(line)) joined[joined.length - 1] = `${last} ${line}`
    else joined.push(line)
  }
  return joined
}

/** A command without regard for the order and quotes of its properties. */
function essence(command: string): string {
  const words = command.match(/(?:"(?:\\.|[^"\\])*"|\[[^\]]*\]|\S)+/g) ?? []
  return words
    .map((word) => word.replace(/"((?:\\.|[^"\\])*)"/g, '$1'))
    .sort()
    .join(' ')
}

/**
 * Loads an export from another spelling of itself, exports it in the file's style and version, and compares.
 *
 * @param raw byte string of the file.
 */
export function compareExport(raw: string, random: () => number): ExportComparison {
  const text = raw.replace(/\r\n/g, '\n')
  const style = exportStyleOf(text)
  const version = readHeader(text).version ?? '7.16'
  const numbers = versionNumbers(version)
  const config = bareConfig(factsFor(numbers[0]), version)
  loadExport(config, rewriteExport(text, random), style.verbose, numbers)
  const written = writeSections(config, numbers, { ...style, showSensitive: true })
  const mine = written.flatMap((section) => section.lines)
  const theirs = style.terse ? joinPathLines(significant(text)) : significant(text)
  const common = commonLines(theirs, mine)
  const keptTheirs = new Set(common.map(([index]) => index))
  const keptMine = new Set(common.map(([, index]) => index))
  const commandsMine = new Set(unwrapLines(mine.join('\n')))
  const commandsTheirs = new Set(unwrapLines(theirs.join('\n')))
  const essencesMine = new Set([...commandsMine].map(essence))
  const linesMine = new Set(mine)
  const linesTheirs = new Set(theirs)
  const owner = (lines: readonly string[]): string[] => {
    const owners: string[] = []
    let from = 0
    for (const [index, line] of lines.entries()) {
      if (/(?:^|[^\\])(?:\\\\)*\\$/.test(line)) continue
      const command = unwrapLines(lines.slice(from, index + 1).join('\n'))[0] ?? ''
      for (let i = from; i <= index; i += 1) owners[i] = command
      from = index + 1
    }
    return owners
  }
  const ownersTheirs = owner(theirs)
  const ownersMine = owner(mine)
  const differences: LineDifference[] = []
  theirs.forEach((line, index) => {
    if (keptTheirs.has(index)) return
    const command = ownersTheirs[index] ?? line
    const kind: DifferenceKind = commandsMine.has(command)
      ? linesMine.has(line)
        ? 'place'
        : 'wrapping'
      : essencesMine.has(essence(command))
        ? 'properties'
        : 'missing'
    differences.push({ kind, side: 'file', line: index + 1, text: line })
  })
  mine.forEach((line, index) => {
    if (keptMine.has(index)) return
    const command = ownersMine[index] ?? line
    const kind: DifferenceKind = commandsTheirs.has(command)
      ? linesTheirs.has(line)
        ? 'place'
        : 'wrapping'
      : 'extra'
    differences.push({ kind, side: 'export', line: index + 1, text: line })
  })
  return {
    version,
    ...style,
    identical: differences.length === 0,
    lines: theirs.length,
    identicalLines: common.length,
    differences,
  }
}
