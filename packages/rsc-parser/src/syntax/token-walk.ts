import { TokenKind } from './token.js'
import type { Tree } from './tree.js'

/** Whether a token stands between arguments: blanks, line ends, `;`, comments. */
export function isSeparator(kind: TokenKind | undefined): boolean {
  return (
    kind === TokenKind.Whitespace ||
    kind === TokenKind.Newline ||
    kind === TokenKind.Continuation ||
    kind === TokenKind.Semicolon ||
    kind === TokenKind.Comment ||
    kind === TokenKind.ByteOrderMark
  )
}

/** First token behind a token or, for an opening bracket, behind its content and closing bracket. */
export function afterPiece(tree: Tree, token: number, endToken: number): number {
  const kind = tree.tokenKind(token)
  const closing = closingKind(kind)
  if (closing === undefined) return token + 1
  const closer = Math.min(tree.closerOf(token), endToken)
  return closer < endToken && tree.tokenKind(closer) === closing ? closer + 1 : Math.max(closer, token + 1)
}

/** The kind of the bracket that closes an opening bracket; `undefined` for any other token. */
export function closingKind(kind: TokenKind | undefined): TokenKind | undefined {
  if (kind === TokenKind.OpenBrace) return TokenKind.CloseBrace
  if (kind === TokenKind.OpenBracket) return TokenKind.CloseBracket
  return kind === TokenKind.OpenParen ? TokenKind.CloseParen : undefined
}

/** Whether a token can be part of a value. */
export function isPiece(kind: TokenKind | undefined): boolean {
  return (
    kind === TokenKind.Word ||
    kind === TokenKind.String ||
    kind === TokenKind.UnterminatedString ||
    kind === TokenKind.Variable ||
    kind === TokenKind.Dollar ||
    closingKind(kind) !== undefined
  )
}
