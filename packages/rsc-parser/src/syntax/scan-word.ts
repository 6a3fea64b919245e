import { CharacterBit, hasBit } from './character-class.js'

const exclamation = 33
const dash = 45
const dot = 46
const slash = 47
const less = 60
const equals = 61
const greater = 62

/**
 * Reads one token in argument position (outside of `( )` and not right after `=`).
 *
 * @param touches the token before is a variable, string or closing bracket without a blank in between.
 * @param touchesWord the token before is a bare word without a blank in between.
 * @returns the end of a bare word, or `~end` (negative) for an operator.
 */
export function scanArgument(
  source: string,
  start: number,
  length: number,
  touches: boolean,
  touchesWord: boolean,
): number {
  const c = source.charCodeAt(start)
  const next = start + 1 < length ? source.charCodeAt(start + 1) : 32
  if (c === exclamation) return next === equals ? ~(start + 2) : ~(start + 1)
  if (c === 126) return ~(start + 1)
  if (c === less || c === greater) {
    if (next === equals) return ~(start + 2)
    if (touchesWord || next === 32 || next === 34 || next === 36) return ~(start + 1)
    let i = start + 1
    while (
      i < length &&
      source.charCodeAt(i) !== equals &&
      !hasBit(source.charCodeAt(i), CharacterBit.EndsValue)
    )
      i++
    return i
  }
  if (touches) {
    if (c === dash && next === greater) return ~(start + 2)
    if (
      (c === dot || c === 44) &&
      (next === 36 || next === 34 || next === 40 || next === 91 || next === 123)
    ) {
      return ~(start + 1)
    }
  }
  if ((c === 38 || c === 124) && next === c) return ~(start + 2)
  let i = start + 1
  while (i < length && !hasBit(source.charCodeAt(i), CharacterBit.EndsWord)) i++
  return i
}

/**
 * Reads one token inside `( )`, where `/`, `-`, `.` and the like are operators unless they belong to a number,
 * an address, a time or a name with dashes.
 *
 * @param afterOperand the token before is an operand, so that `*` multiplies and `/` divides.
 * @returns the end of a bare word, or `~end` (negative) for an operator.
 */
export function scanInExpression(
  source: string,
  start: number,
  length: number,
  afterOperand: boolean,
): number {
  const c = source.charCodeAt(start)
  const next = start + 1 < length ? source.charCodeAt(start + 1) : 32
  switch (c) {
    case 38: // & &&
    case 124: // | ||
      return next === c ? ~(start + 2) : ~(start + 1)
    case less:
    case greater:
      return next === equals || next === c ? ~(start + 2) : ~(start + 1)
    case exclamation:
      return next === equals ? ~(start + 2) : ~(start + 1)
    case dash:
      return next === greater ? ~(start + 2) : ~(start + 1)
    case slash:
      if (!afterOperand && hasBit(next, CharacterBit.Letter)) break
      return ~(start + 1)
    case 42: // *
      if (!afterOperand && hasBit(next, CharacterBit.Hex)) break
      return ~(start + 1)
    case 43: // +
    case 37: // %
    case 94: // ^
    case 126: // ~
    case dot:
    case 44: // ,
      return ~(start + 1)
  }
  if (c === slash) {
    let i = start + 1
    while (i < length && !hasBit(source.charCodeAt(i), CharacterBit.EndsWord)) i++
    return i
  }
  return scanOperandWord(source, start, length)
}

function scanOperandWord(source: string, start: number, length: number): number {
  const startsWithDigit = hasBit(source.charCodeAt(start), CharacterBit.Digit)
  let dots = 0
  let colons = 0
  let i = start + 1
  while (i < length) {
    const c = source.charCodeAt(i)
    const next = i + 1 < length ? source.charCodeAt(i + 1) : 32
    if (hasBit(c, CharacterBit.Name) || c === 95 || c > 127) i++
    else if (c === 58) {
      colons++
      i++
    } else if (c === dot && startsWithDigit && hasBit(next, CharacterBit.Digit)) {
      dots++
      i++
    } else if (c === slash && (dots === 3 || colons > 1) && hasBit(next, CharacterBit.Digit)) i++
    else if (c === dash && startsWithDigit && dots >= 3 && hasBit(next, CharacterBit.Digit)) {
      dots = 0
      i++
    } else if (c === dash && !startsWithDigit && hasBit(next, CharacterBit.Name)) i++
    else break
  }
  return i
}
