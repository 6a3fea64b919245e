import { toByteString } from './bytes.js'

/** A decoded string and where each of its bytes came from. */
export interface DecodedString {
  /** Byte string, one character per byte. */
  readonly value: string
  /** Offset in the source of what each byte was written as, one entry more than bytes. Only when asked for. */
  readonly offsets?: Uint32Array
  /** Offsets of backslashes that begin no valid escape. */
  readonly invalidEscapes: readonly number[]
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  $: '$',
  '?': '?',
  _: ' ',
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

/**
 * Decodes the inside of a quoted string. `\` before a line end or a blank yields nothing and swallows the blanks
 * around that line end; `\XX` with two upper-case hex digits is a byte; a raw CRLF counts as LF.
 * A backslash that begins no escape is dropped, the character behind it kept, and its offset reported.
 * Source: measured exports and sweeps on 7.23.3, see the escape tables of the RouterOS scripting manual.
 *
 * @param start offset behind the opening quote.
 * @param end offset of the closing quote.
 * @param encoding `text` turns characters above 127 into their UTF-8 bytes.
 */
export function decodeString(
  source: string,
  start: number,
  end: number,
  encoding: 'text' | 'bytes',
  withOffsets = false,
): DecodedString {
  const invalidEscapes: number[] = []
  const offsets: number[] = []
  let value = ''
  let i = start
  let plain = start
  const put = (bytes: string, offset: number) => {
    value += bytes
    if (withOffsets) for (let k = 0; k < bytes.length; k++) offsets.push(offset)
  }
  const flush = (to: number) => {
    if (to === plain) return
    const raw = source.slice(plain, to)
    if (!withOffsets) value += encoding === 'text' ? toByteString(raw) : raw
    else {
      let offset = plain
      for (const character of raw) {
        put(encoding === 'text' ? toByteString(character) : character, offset)
        offset += character.length
      }
    }
  }
  while (i < end) {
    const c = source.charCodeAt(i)
    if (c === 13) {
      flush(i)
      put('\n', i)
      i += i + 1 < end && source.charCodeAt(i + 1) === 10 ? 2 : 1
      plain = i
      continue
    }
    if (c !== 92) {
      i++
      continue
    }
    flush(i)
    const next = i + 1 < end ? source[i + 1] : undefined
    if (next === undefined) {
      invalidEscapes.push(i)
      i++
    } else if (next === '\n' || next === '\r' || next === ' ' || next === '\t') {
      i = skipJoin(source, i + 1, end)
    } else if (isHex(next) && i + 2 < end && isHex(source[i + 2] ?? '')) {
      put(String.fromCharCode(Number.parseInt(source.slice(i + 1, i + 3), 16)), i)
      i += 3
    } else {
      const simple = simpleEscapes[next]
      if (simple === undefined) {
        invalidEscapes.push(i)
        plain = i + 1
        i += 2
        continue
      }
      put(simple, i)
      i += 2
    }
    plain = i
  }
  flush(end)
  if (!withOffsets) return { value, invalidEscapes }
  offsets.push(end)
  return { value, invalidEscapes, offsets: Uint32Array.from(offsets) }
}

/** Removes line continuations from a stretch of source outside of quotes. */
export function joinLines(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\[ \t]*(?:\r\n|\r|\n|$)[ \t]*/g, '') : raw
}

function skipJoin(source: string, offset: number, end: number): number {
  let i = offset
  while (i < end && isBlank(source[i])) i++
  if (i < end && source[i] === '\r') i += i + 1 < end && source[i + 1] === '\n' ? 2 : 1
  else if (i < end && source[i] === '\n') i++
  while (i < end && isBlank(source[i])) i++
  return i
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

function isHex(character: string): boolean {
  return /^[0-9A-F]$/.test(character)
}
