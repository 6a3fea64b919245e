import { escapeAtoms, needsQuotes, quoteValue } from './quote-value.js'

/** One word of an export line: a selector or flag as it stands, or a property with its decoded value. */
export type ExportToken =
  | { readonly kind: 'word'; readonly text: string }
  | {
      readonly kind: 'property'
      readonly name: string
      readonly value: string
      /** True for values that are always quoted, whatever they hold. */
      readonly quoted?: boolean
    }

const CONTINUATION = '    '

/**
 * Breaks one command at the screen width as the exporter does (facts 1.8, but for a string with line feeds: it is placed
 * as any other, and broken at its line feeds wherever it stands; measured on 6.44.2, 6.47.10, 6.49.7 and 7.22.1). `width`
 * Infinity is the terse form: only a line feed inside a string breaks the line then.
 *
 * @param lead what stands before the first token: the verb, or path and verb in terse style.
 * @returns the physical lines, without line ends.
 */
export function wrapCommand(lead: string, tokens: readonly ExportToken[], width: number): string[] {
  const lines: string[] = []
  const total = width - 3
  const inString = width - 2
  let current = lead

  const breakInside = (value: string): void => {
    const atoms = ['"', ...escapeAtoms(value), '"']
    for (const atom of atoms) {
      let piece = atom
      if (piece === '\\n' || current.length + piece.length > inString) {
        lines.push(`${current}\\`)
        current = CONTINUATION
        if (piece === ' ') piece = '\\_'
      }
      current += piece
    }
  }

  for (const token of tokens) {
    const quoted = token.kind === 'property' && (token.quoted === true || needsQuotes(token.value))
    const printed =
      token.kind === 'word' ? token.text : `${token.name}=${quoted ? quoteValue(token.value) : token.value}`
    const hasNewline = token.kind === 'property' && token.value.includes('\n')
    const fits = current.length + 1 + printed.length <= total
    if (!hasNewline && fits) {
      current += ` ${printed}`
      continue
    }
    if (token.kind === 'word') {
      lines.push(`${current} \\`)
      current = CONTINUATION + printed
      continue
    }
    const head = `${token.name}=`
    const bareIsTooLong = !quoted && CONTINUATION.length + token.value.length > total
    const text = quoted || bareIsTooLong ? quoteValue(token.value) : token.value
    const isTooLong = (quoted || bareIsTooLong) && CONTINUATION.length + text.length > total
    if (fits || isTooLong) {
      if (current.length + 1 + head.length + 1 <= inString) current += ` ${head}`
      else {
        lines.push(`${current} \\`)
        current = CONTINUATION + head
      }
      breakInside(token.value)
      continue
    }
    if (current.length + 1 + head.length <= total) {
      lines.push(`${current} ${head}\\`)
      current = CONTINUATION
    } else {
      lines.push(`${current} \\`)
      current = CONTINUATION + head
    }
    if (hasNewline) breakInside(token.value)
    else current += text
  }
  lines.push(current)
  return lines
}
