import { BracketTable } from './bracket-table.js'
import { CharacterBit, characterClass, hasBit } from './character-class.js'
import { ProblemList } from './problem-list.js'
import { findClosingOutsideCode, findClosingQuote, isEscaped, nextCodeOffset } from './scan-string.js'
import { scanArgument, scanInExpression } from './scan-word.js'
import { TokenKind } from './token.js'
import type { TreeArrays } from './tree-arrays.js'

/** Options of {@link lex}. */
export interface LexOptions {
  readonly encoding: 'text' | 'bytes'
  /** Part of the source to read; default all of it. Offsets stay those of the whole source. */
  readonly start?: number
  readonly end?: number
}

const promptPattern =
  /\[[^\]\s@"$=[(]+@(?:[^\]\r\n"$=[]*\][ \t]*(?:<SAFE>[ \t]*)?(?:\/[^>\r\n[\]{}"=]*)?>[ \t]?|[^\]\s"$=[]*\](?=[ \t]*(?:[\r\n]|$)))/y
const textPattern = /(?:--|;;;|Flags: |Columns: |Content-[A-Z])/y
const nextCommandPattern = /(?:\/[a-z]|add |set )/y

/**
 * Cuts a source into tokens that cover every character once, pairs the brackets and finds where the top-level
 * statements start. Total and linear: each character is looked at a bounded number of times whatever the input,
 * and nothing recurses.
 *
 * How a `/`, `-` or `.` reads depends on where it stands: inside `( )` it is an operator, elsewhere part of a
 * bare word. The lexer therefore follows the open brackets. State that the hot loop touches is kept in local
 * variables that no closure captures, so that it stays in registers.
 */
export function lex(source: string, options: LexOptions): TreeArrays {
  const from = options.start ?? 0
  const length = options.end ?? source.length
  const problems = new ProblemList()
  const brackets = new BracketTable(problems, length - from)

  // Exports have a token for five to six characters; other sources tell on the way how dense they are.
  let capacity = Math.max(64, Math.ceil((length - from) / 4))
  let kinds = new Uint8Array(capacity)
  let ends = new Uint32Array(capacity)
  let count = 0
  let statements = new Uint32Array(Math.max(64, Math.ceil((length - from) / 64)))
  let statementCount = 0

  let atStatementStart = true
  let atLineStart = from === 0
  // Right after `name=`: the rest up to a blank is a value.
  let inValue = false
  // Kind of the token before, and of the one before that is not a blank, line end or comment.
  let previous = -1
  let solid = -1
  const strings: StringScan = { endAtLine: false, holdCode: true, nextCode: -1 }

  let pos = from
  while (pos < length) {
    if (count === capacity) {
      const asDense = (count / (pos - from)) * (length - from) * 1.05
      capacity = Math.min(Math.ceil(Math.max(capacity * 1.25, asDense)) + 64, length - from)
      kinds = grown(kinds, capacity)
      ends = grown(ends, capacity)
    }
    const start = pos
    const c = source.charCodeAt(pos)
    let kind: TokenKind = TokenKind.Word
    pos++

    if (c === 32 || c === 9) {
      while (pos < length) {
        const code = source.charCodeAt(pos)
        if (code !== 32 && code !== 9) break
        pos++
      }
      if (inValue) {
        if (previous === TokenKind.Equals) noteMissingValue(problems, kinds, count, start)
        inValue = false
      }
      kinds[count] = TokenKind.Whitespace
      ends[count] = pos
      count++
      previous = TokenKind.Whitespace
      continue
    }

    switch (c) {
      case 13:
      case 10: {
        if (c === 13 && pos < length && source.charCodeAt(pos) === 10) pos++
        if (inValue && previous === TokenKind.Equals) noteMissingValue(problems, kinds, count, start)
        const top = brackets.top
        if (top !== 0 && top !== TokenKind.OpenBrace && solid !== top && pos < length) {
          // A line that begins like a command cannot be inside `[ ]` or `( )`: the bracket was never closed.
          nextCommandPattern.lastIndex = pos
          if (nextCommandPattern.test(source)) brackets.cutOffExpressions(count, ends)
        }
        inValue = false
        atStatementStart = true
        atLineStart = true
        kinds[count] = TokenKind.Newline
        ends[count] = pos
        count++
        previous = TokenKind.Newline
        continue
      }
      case 92: {
        const next = endOfContinuation(source, pos, length)
        if (next >= 0) {
          if (source.charCodeAt(pos) === 32 || source.charCodeAt(pos) === 9) {
            problems.add('blank-after-continuation', start, pos + 1, 'A blank follows the backslash.')
          }
          pos = next
          if (pos >= length) {
            problems.add('dangling-continuation', start, length, 'The source ends in a line continuation.')
          } else if (previous === TokenKind.Whitespace && source.charCodeAt(pos) === 35) {
            // Between arguments a `#` behind a continuation is a comment; behind `name=` it is the value.
            atStatementStart = true
          }
          kinds[count] = TokenKind.Continuation
          ends[count] = pos
          count++
          continue
        }
        while (pos < length && source.charCodeAt(pos) === 92) pos++
        // The last backslash of a run may continue the line.
        if (pos - start > 1 && endOfContinuation(source, pos, length) >= 0) pos--
        problems.add('unexpected-character', start, pos, 'A backslash cannot stand here.')
        kind = TokenKind.Unexpected
        break
      }
      case 59:
        if (brackets.top === 0 && atLineStart && source.startsWith(';;;', start)) {
          pos = endOfLine(source, start, length)
          problems.add('not-configuration', start, pos, 'This line is no configuration.')
          kind = TokenKind.Text
          break
        }
        if (inValue && previous === TokenKind.Equals) noteMissingValue(problems, kinds, count, start)
        inValue = false
        atStatementStart = true
        atLineStart = false
        kinds[count] = TokenKind.Semicolon
        ends[count] = pos
        count++
        previous = TokenKind.Semicolon
        solid = TokenKind.Semicolon
        continue
      case 34:
        pos = scanString(source, start, length, strings)
        kind = TokenKind.String
        if (pos < 0) {
          pos = ~pos
          kind = TokenKind.UnterminatedString
          problems.add('unterminated-string', start, pos, 'The closing quote of this string is missing.')
        }
        break
      case 36:
        pos = endOfVariable(source, start, length)
        kind = pos > start + 1 ? TokenKind.Variable : TokenKind.Dollar
        if (kind === TokenKind.Dollar) {
          const next = pos < length ? source.charCodeAt(pos) : 0
          if (next !== 91 && next !== 40) {
            problems.add('unexpected-character', start, pos, 'A `$` needs a name behind it.')
          }
        }
        break
      case 91:
      case 40:
      case 123: {
        if (c === 91 && brackets.top === 0 && atStatementStart && atLineStart) {
          promptPattern.lastIndex = start
          const prompt = promptPattern.exec(source)
          if (prompt !== null && start + prompt[0].length <= length) {
            pos = start + prompt[0].length
            kind = TokenKind.Prompt
            problems.add('console-prompt', start, pos, 'This is a console prompt, not configuration.')
            break
          }
        }
        kind = c === 91 ? TokenKind.OpenBracket : c === 40 ? TokenKind.OpenParen : TokenKind.OpenBrace
        if (atStatementStart && brackets.top === 0) {
          if (statementCount === statements.length) statements = grown(statements, statementCount * 2)
          statements[statementCount++] = count
        }
        brackets.open(kind, count)
        inValue = false
        atStatementStart = kind !== TokenKind.OpenParen
        atLineStart = false
        kinds[count] = kind
        ends[count] = pos
        count++
        previous = kind
        solid = kind
        continue
      }
      case 93:
      case 41:
      case 125: {
        const opener = c === 93 ? TokenKind.OpenBracket : c === 41 ? TokenKind.OpenParen : TokenKind.OpenBrace
        kind = c === 93 ? TokenKind.CloseBracket : c === 41 ? TokenKind.CloseParen : TokenKind.CloseBrace
        // A stray closing bracket at the start of a line still begins a statement, or it would be in none.
        if (brackets.close(opener, count, start, ends)) atStatementStart = false
        inValue = false
        break
      }
      case 61:
        kind = TokenKind.Equals
        inValue = brackets.top !== TokenKind.OpenParen
        break
      default:
        if (
          c === 35 &&
          (atStatementStart ||
            (previous === TokenKind.Whitespace &&
              (solid === TokenKind.CloseBrace || source.charCodeAt(pos) === 32)))
        ) {
          pos = endOfLine(source, start, length)
          kind = TokenKind.Comment
          if (!atStatementStart) {
            problems.add(
              'comment-after-command',
              start,
              pos,
              'A comment cannot follow a command on its line.',
            )
            atStatementStart = true
          }
        } else if (c < 256 && ((characterClass[c] ?? 0) & CharacterBit.Control) !== 0) {
          while (pos < length && hasBit(source.charCodeAt(pos), CharacterBit.Control)) pos++
          kind = TokenKind.Unexpected
          problems.add('unexpected-character', start, pos, 'A control character cannot stand here.')
        } else if (start === from && isByteOrderMark(source, start, options.encoding)) {
          pos = start + (options.encoding === 'bytes' ? 3 : 1)
          kinds[count] = TokenKind.ByteOrderMark
          ends[count] = pos
          count++
          continue
        } else if (inValue) {
          while (pos < length) {
            const code = source.charCodeAt(pos)
            if (code < 256 && ((characterClass[code] ?? 0) & CharacterBit.EndsValue) !== 0) break
            pos++
          }
        } else if (brackets.top === TokenKind.OpenParen) {
          pos = scanInExpression(source, start, length, isOperand(solid))
          if (pos < 0) {
            pos = ~pos
            kind = TokenKind.Operator
          }
        } else if (c > 96 && c < 123) {
          // Lower-case letter: by far the most words begin with one.
          while (pos < length) {
            const code = source.charCodeAt(pos)
            if (code < 256 && ((characterClass[code] ?? 0) & CharacterBit.EndsWord) !== 0) break
            pos++
          }
        } else if (c !== 47 && atLineStart && brackets.top === 0 && isTextLine(source, start)) {
          pos = endOfLine(source, start, length)
          kind = TokenKind.Text
          problems.add('not-configuration', start, pos, 'This line is no configuration.')
        } else {
          pos = scanArgument(source, start, length, isOperand(previous), previous === TokenKind.Word)
          if (pos < 0) {
            pos = ~pos
            kind = TokenKind.Operator
          }
        }
    }

    if (atStatementStart) {
      if (brackets.top === 0) {
        if (statementCount === statements.length) statements = grown(statements, statementCount * 2)
        statements[statementCount++] = count
      }
      // A command may follow a prompt, and after a comment only a new line matters.
      atStatementStart = kind === TokenKind.Prompt
    }
    atLineStart = false
    kinds[count] = kind
    ends[count] = pos
    count++
    previous = kind
    if (kind !== TokenKind.Comment) solid = kind
  }

  if (inValue && previous === TokenKind.Equals) noteMissingValue(problems, kinds, count, length)
  brackets.cutOffAll(count, ends)
  problems.problems.sort((a, b) => a.range.start - b.range.start)

  return {
    source,
    encoding: options.encoding,
    start: from,
    end: length,
    tokenCount: count,
    kinds,
    ends,
    openers: brackets.openers.subarray(0, brackets.count),
    closers: brackets.closers.subarray(0, brackets.count),
    statementStarts: statements.subarray(0, statementCount),
    problems: problems.problems,
  }
}

function grown<T extends Uint8Array | Uint32Array>(array: T, size: number): T {
  const Maker = array.constructor as new (size: number) => T
  const more = new Maker(size)
  more.set(array)
  return more
}

function isOperand(kind: number): boolean {
  return (
    kind === TokenKind.Variable ||
    kind === TokenKind.String ||
    kind === TokenKind.CloseBracket ||
    kind === TokenKind.CloseParen ||
    kind === TokenKind.CloseBrace ||
    kind === TokenKind.Word
  )
}

function isByteOrderMark(source: string, start: number, encoding: 'text' | 'bytes'): boolean {
  if (start !== 0) return false
  return encoding === 'bytes' ? source.startsWith('\u00ef\u00bb\u00bf') : source.charCodeAt(0) === 0xfeff
}

function isTextLine(source: string, start: number): boolean {
  textPattern.lastIndex = start
  return textPattern.test(source)
}

function endOfLine(source: string, offset: number, length: number): number {
  let i = offset
  while (i < length && source.charCodeAt(i) !== 10 && source.charCodeAt(i) !== 13) i++
  return i
}

/** Behind the line end and the blanks that follow, or -1 when the line goes on behind the backslash. */
function endOfContinuation(source: string, offset: number, length: number): number {
  let i = skipBlanks(source, offset, length)
  if (i < length) {
    const code = source.charCodeAt(i)
    if (code !== 10 && code !== 13) return -1
    i += code === 13 && i + 1 < length && source.charCodeAt(i + 1) === 10 ? 2 : 1
  }
  return skipBlanks(source, i, length)
}

function skipBlanks(source: string, offset: number, length: number): number {
  let i = offset
  while (i < length && (source.charCodeAt(i) === 32 || source.charCodeAt(i) === 9)) i++
  return i
}

function endOfVariable(source: string, start: number, length: number): number {
  let i = start + 1
  if (i < length && source.charCodeAt(i) === 34) {
    const close = findClosingQuote(source, i + 1, length, true)
    return close < 0 ? i : close + 1
  }
  while (i < length && hasBit(source.charCodeAt(i), CharacterBit.Name)) i++
  return i
}

function noteMissingValue(problems: ProblemList, kinds: Uint8Array, count: number, offset: number): void {
  // `where name = "x"` has blanks on both sides: that is a comparison, not a property.
  if (count < 2 || kinds[count - 2] !== TokenKind.Word) return
  problems.add(
    'missing-value',
    offset - 1,
    offset,
    'No value follows the `=`; an empty value is written `""`.',
  )
}

/** What the strings read so far taught the scan; see {@link scanString}. */
interface StringScan {
  endAtLine: boolean
  holdCode: boolean
  /** Offset of the next `$[` or `$(`, so that strings without code are not searched again and again. */
  nextCode: number
}

function holdsCode(source: string, offset: number, end: number, strings: StringScan): boolean {
  if (strings.nextCode < offset) strings.nextCode = nextCodeOffset(source, offset)
  while (strings.nextCode < end) {
    if (!isEscaped(source, strings.nextCode, offset)) return true
    strings.nextCode = nextCodeOffset(source, strings.nextCode + 1)
  }
  return false
}

/**
 * End of the string that begins at `start`, or `~end` when it has no end. Falls back from "code inside is
 * followed" to "ends at the next quote" to "ends with its line"; a fallback that was needed once stays on for
 * the rest of the source, which keeps the whole scan linear.
 */
function scanString(source: string, start: number, length: number, strings: StringScan): number {
  let close = findClosingQuote(source, start + 1, length, strings.endAtLine)
  if (close >= 0 && strings.holdCode && holdsCode(source, start + 1, close, strings)) {
    const outside = findClosingOutsideCode(source, start + 1, length, 34, strings.endAtLine)
    if (outside >= 0) close = outside
    else strings.holdCode = false
  }
  if (close < 0 && !strings.endAtLine) {
    strings.endAtLine = true
    close = findClosingQuote(source, start + 1, length, true)
  }
  return close >= 0 ? close + 1 : close
}
