import { parse } from '../syntax/parser.js'
import { TokenKind } from '../syntax/token.js'
import { findVolatileLine } from './volatile-lines.js'

/**
 * The text of an export without what changes by itself: date line and transient remarks are left out, line ends
 * are LF, the last line ends in one. Equal significant texts mean that nothing was configured in between; to
 * compare across layouts (terse, another width, verbose) compare documents instead.
 *
 * Only comments are ever left out, so a line inside a quoted script that looks like a remark stays.
 */
export function significantText(exported: string): string {
  const text = exported.replace(/^\ufeff+/, '')
  const tree = parse(text)
  let out = ''
  let copied = 0
  for (let i = 0; i < tree.statementCount; i++) {
    const token = tree.statementStart(i)
    if (tree.tokenKind(token) !== TokenKind.Comment) continue
    const start = tree.tokenStart(token)
    const before = start === 0 ? '\n' : text[start - 1]
    if (before !== '\n' && before !== '\r') continue
    if (findVolatileLine(tree.tokenText(token)) === undefined) continue
    out += text.slice(copied, start)
    copied = tree.tokenKind(token + 1) === TokenKind.Newline ? tree.tokenEnd(token + 1) : tree.tokenEnd(token)
  }
  out += text.slice(copied)
  const lines = out.replace(/\r\n?/g, '\n')
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`
}
