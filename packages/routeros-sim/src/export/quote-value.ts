/**
 * How `/export` writes a value: bare, or quoted with escapes. Values are byte strings (one character per byte).
 * Source: measured on public exports of 6.19 to 7.22 (facts 1.5 and 1.6).
 */

/** Bytes an export leaves bare; a value of any other byte is quoted. */
const BARE = /^[A-Za-z0-9.\-:/,_%!@#*+<>&~^`|]+$/

/** True when the value cannot be written without quotes. */
export function needsQuotes(value: string): boolean {
  return !BARE.test(value)
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  $: '\\$',
  '?': '\\?',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/**
 * The value as the units that a line break never splits: one character or one escape each, without the quotes.
 */
export function escapeAtoms(value: string): string[] {
  const atoms: string[] = []
  for (const character of value) {
    const named = NAMED_ESCAPES[character]
    const code = character.charCodeAt(0)
    if (named !== undefined) atoms.push(named)
    else if (code < 0x20 || code > 0x7e) {
      atoms.push(`\\${code.toString(16).toUpperCase().padStart(2, '0')}`)
    } else atoms.push(character)
  }
  return atoms
}

/** The value in quotes, escaped, on one line. */
export function quoteValue(value: string): string {
  return `"${escapeAtoms(value).join('')}"`
}

/** The value as an export writes it when there is room. */
export function printValue(value: string): string {
  return needsQuotes(value) ? quoteValue(value) : value
}
