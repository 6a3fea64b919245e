import { CharacterBit, hasBit } from './character-class.js'

const quote = 34
const dollar = 36
const openParen = 40
const closeParen = 41
const openBracket = 91
const backslash = 92
const closeBracket = 93
const openBrace = 123
const closeBrace = 125

/** Offset behind `\` and what it escapes; a line end counts as one, CRLF included. */
export function skipEscape(source: string, offset: number, end: number): number {
  const next = offset + 1
  if (next >= end) return end
  return source.charCodeAt(next) === 13 && source.charCodeAt(next + 1) === 10 && next + 1 < end
    ? next + 2
    : next + 1
}

/**
 * Finds the end of a quoted string without looking at code inside it.
 *
 * @param offset of the first character behind the opening quote.
 * @param oneLine stop at a line end that is not continued.
 * @returns offset of the closing quote, or `~offset` (negative) of where the search stopped.
 */
export function findClosingQuote(source: string, offset: number, end: number, oneLine: boolean): number {
  let i = offset
  while (i < end) {
    const c = source.charCodeAt(i)
    if (!hasBit(c, CharacterBit.InString)) i++
    else if (c === quote) return i
    else if (c === backslash) i = skipEscape(source, i, end)
    else if (c === dollar || !oneLine) i++
    else return ~i
  }
  return ~end
}

/**
 * Finds the end of a stretch that holds code: of a string (`closing` is `"`) or of `$[ ... ]`, `$( ... )`.
 * Nested quotes and brackets are followed on an explicit stack.
 *
 * @param offset of the first character inside.
 * @returns offset of the closing character, or -1 when there is none (or a line end comes first, if `oneLine`).
 */
export function findClosingOutsideCode(
  source: string,
  offset: number,
  end: number,
  closing: number,
  oneLine: boolean,
): number {
  const stack = [closing]
  let i = offset
  while (i < end) {
    const c = source.charCodeAt(i)
    const inside = stack[stack.length - 1]
    if (c === backslash) {
      i = skipEscape(source, i, end)
      continue
    }
    if (oneLine && (c === 10 || c === 13)) return -1
    if (c === inside) {
      stack.pop()
      if (stack.length === 0) return i
    } else if (inside === quote) {
      if (c === dollar) {
        const next = source.charCodeAt(i + 1)
        if (next === openBracket || next === openParen) {
          stack.push(next === openBracket ? closeBracket : closeParen)
          i++
        }
      }
    } else if (c === quote) stack.push(quote)
    else if (c === openBracket) stack.push(closeBracket)
    else if (c === openParen) stack.push(closeParen)
    else if (c === openBrace) stack.push(closeBrace)
    i++
  }
  return -1
}

/** Offset of the next `$[` or `$(` at or behind an offset; the length of the source when there is none. */
export function nextCodeOffset(source: string, offset: number): number {
  const bracket = source.indexOf('$[', offset)
  const paren = source.indexOf('$(', offset)
  if (bracket < 0) return paren < 0 ? source.length : paren
  return paren < 0 ? bracket : Math.min(bracket, paren)
}

/** Whether an odd number of backslashes stands before an offset, not looking further back than `from`. */
export function isEscaped(source: string, offset: number, from: number): boolean {
  let backslashes = 0
  while (offset - 1 - backslashes >= from && source.charCodeAt(offset - 1 - backslashes) === backslash)
    backslashes++
  return backslashes % 2 === 1
}
