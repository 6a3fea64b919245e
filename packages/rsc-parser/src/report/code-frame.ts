import type { SecretPlace } from '../secrets/find-secrets.js'
import { secretMask } from '../secrets/redact.js'
import type { Tree } from '../syntax/tree.js'
import { displayText } from '../text/bytes.js'
import type { SourceRange } from '../text/source-range.js'
import type { Paint } from './paint.js'

/** Columns of source that a frame shows at most, and of those the ones in front of the marked place. */
const maxColumns = 110
const leadColumns = 30
/** Bytes looked at on either side of the place: the columns above, also when a masked secret lies between. */
const reach = 4096

/** How a frame is drawn. */
export interface CodeFrameOptions {
  readonly paint: Paint
  /** Secrets of the source in its order; they are masked in the frame. */
  readonly secrets: readonly SecretPlace[]
}

/** The line of a range with a marker below, as compilers show it. A long line is cut around the range. */
export function codeFrame(tree: Tree, range: SourceRange, { paint, secrets }: CodeFrameOptions): string {
  const { line, column } = tree.position(range.start)
  const shownPart = partAround(tree, { start: range.start - column + 1, end: range.start })
  const stop = Math.min(Math.max(range.end, range.start + 1), Math.max(shownPart.end, range.start + 1))
  const masked = maskLine(tree.source, shownPart, secrets)
  // Columns of what is shown: several bytes of the source may be one character.
  const columnOf = (offset: number): number =>
    displayText(masked.text.slice(0, masked.columnOf(offset))).length
  const first = columnOf(range.start)
  const last = Math.max(first + 1, columnOf(stop))
  const from = first > maxColumns - leadColumns ? first - leadColumns : 0
  const marker = ' '.repeat(first - from) + '^'.repeat(Math.min(last, from + maxColumns) - first)
  const gutter = String(line)
  const blank = ' '.repeat(gutter.length)
  const shown = displayText(masked.text)
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
    .slice(from, from + maxColumns)
  return `${paint.dim(`${gutter} | `)}${shown}\n${paint.dim(`${blank} | `)}${paint.red(marker)}\n`
}

/**
 * What of a line can come into the frame of a place in it: a line may be megabytes long. `before` is the line up to the
 * place.
 */
function partAround(tree: Tree, before: SourceRange): SourceRange {
  const { source } = tree
  let start = Math.max(before.start, before.end - reach)
  if (start > before.start) while (start < before.end && isInsideCharacter(source, start)) start++
  const last = Math.min(tree.range.end, before.end + reach)
  let end = before.end
  while (end < last && source[end] !== '\n' && source[end] !== '\r') end++
  if (end === last) while (end > before.end && isInsideCharacter(source, end)) end--
  return { start, end }
}

/** Whether a byte goes on with a UTF-8 character. In a text of characters a cut there does no harm either. */
const isInsideCharacter = (source: string, offset: number): boolean =>
  (source.charCodeAt(offset) & 0xc0) === 0x80

interface MaskedLine {
  readonly text: string
  /** 0-based column of a source offset in `text`. */
  readonly columnOf: (offset: number) => number
}

function maskLine(source: string, line: SourceRange, secrets: readonly SecretPlace[]): MaskedLine {
  let text = ''
  const pieces: { readonly source: number; readonly column: number; readonly isMask: boolean }[] = []
  let at = line.start
  const take = (until: number) => {
    pieces.push({ source: at, column: text.length, isMask: false })
    text += source.slice(at, until)
    at = until
  }
  for (const { range } of secrets) {
    if (range.end <= at || range.start >= line.end) continue
    if (range.start > at) take(range.start)
    pieces.push({ source: at, column: text.length, isMask: true })
    text += secretMask
    at = Math.min(range.end, line.end)
  }
  take(line.end)
  return {
    text,
    columnOf: (offset) => {
      const piece = pieces.findLast((each) => each.source <= offset)
      if (piece === undefined) return 0
      return piece.isMask ? piece.column : Math.min(text.length, piece.column + offset - piece.source)
    },
  }
}
