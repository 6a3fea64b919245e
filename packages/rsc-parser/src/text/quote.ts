/** Bytes that make the exporter quote a value, besides bytes above 0x7E and control characters. */
const needsQuotes = /[^!#%*+,\-./0-9:<>@A-Z_a-z~^&`]/

/**
 * A byte string as RouterOS writes it between quotes: `"`, `\`, `$` and `?` escaped, LF, CR and TAB by letter,
 * every other control byte and every byte above 0x7E as two upper-case hex digits.
 *
 * @param value byte string, see `toByteString`; a character above 255 is a `RangeError`.
 */
export function quoteString(value: string): string {
  let out = '"'
  let plain = 0
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i)
    if (c > 31 && c < 127 && c !== 34 && c !== 36 && c !== 63 && c !== 92) continue
    out += value.slice(plain, i) + escapeByte(c)
    plain = i + 1
  }
  return `${out}${value.slice(plain)}"`
}

/** A byte string as RouterOS writes it behind `name=`: bare where that is possible, else quoted; never empty. */
export function formatValue(value: string): string {
  return value === '' || needsQuotes.test(value) ? quoteString(value) : value
}

function escapeByte(c: number): string {
  switch (c) {
    case 34:
      return '\\"'
    case 36:
      return '\\$'
    case 63:
      return '\\?'
    case 92:
      return '\\\\'
    case 10:
      return '\\n'
    case 13:
      return '\\r'
    case 9:
      return '\\t'
  }
  if (c > 255) throw new RangeError('quoteString takes byte strings: every character must be below 256.')
  return `\\${c.toString(16).toUpperCase().padStart(2, '0')}`
}
