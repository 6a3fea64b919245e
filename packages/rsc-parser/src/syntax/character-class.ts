/** Bits of {@link characterClass}. */
export const CharacterBit = {
  /** Ends a bare word in argument position. */
  EndsWord: 1,
  /** Ends a bare word in value position, right after `name=`. */
  EndsValue: 2,
  /** Needs a look while scanning a quoted string: quote, backslash, `$`, line ends. */
  InString: 4,
  /** Letter or digit: a character of a variable name. */
  Name: 8,
  /** A control character that RouterOS does not accept outside of strings. */
  Control: 16,
  /** Upper-case hexadecimal digit, as escapes need. */
  Hex: 32,
  Digit: 64,
  Letter: 128,
} as const

/** What each of the characters 0-255 may do, as bits; characters above behave like letters of a bare word. */
export const characterClass: Uint8Array = buildCharacterClass()

function buildCharacterClass(): Uint8Array {
  const table = new Uint8Array(256)
  const add = (characters: string, bits: number) => {
    for (const character of characters) {
      const code = character.charCodeAt(0)
      table[code] = (table[code] ?? 0) | bits
    }
  }
  add(' \t\n\r;[](){}"$\\', CharacterBit.EndsWord | CharacterBit.EndsValue)
  add('=~!<>', CharacterBit.EndsWord)
  add('"\\$\n\r', CharacterBit.InString)
  add('0123456789', CharacterBit.Digit | CharacterBit.Name | CharacterBit.Hex)
  add('ABCDEF', CharacterBit.Hex)
  add('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', CharacterBit.Letter | CharacterBit.Name)
  for (let code = 0; code < 32; code++) {
    if (code === 9 || code === 10 || code === 13) continue
    table[code] = CharacterBit.Control | CharacterBit.EndsWord | CharacterBit.EndsValue
  }
  table[127] = CharacterBit.Control | CharacterBit.EndsWord | CharacterBit.EndsValue
  return table
}

/** Whether any of the bits is set for a character code. */
export function hasBit(code: number, bits: number): boolean {
  return code < 256 && ((characterClass[code] ?? 0) & bits) !== 0
}
