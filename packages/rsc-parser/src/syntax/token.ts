/**
 * Kinds of token. Every character of the source is in exactly one token, so the token texts joined are the
 * source. The numbers are stored in a byte array and carry no meaning beyond this table.
 */
export const TokenKind = {
  /** U+FEFF at the start of a text, or its three UTF-8 bytes in a byte source. */
  ByteOrderMark: 0,
  /** Blanks and tabs between words. */
  Whitespace: 1,
  /** LF, CRLF or a lone CR. */
  Newline: 2,
  /** `\` at the end of a line, that line end, and the blanks that begin the next line. */
  Continuation: 3,
  /** `#` at the start of a statement up to the line end (not included). */
  Comment: 4,
  /** A bare word, such as `/ip`, `add`, `chain`, `:local`, `10.0.0.0/8`; broken by continuations into several. */
  Word: 5,
  /** A whole quoted string with its quotes, escapes, continuations and embedded `$[ ]` `$( )` code. */
  String: 6,
  /** A quoted string whose closing quote is missing. */
  UnterminatedString: 7,
  /** `$name` or `$"name"`. */
  Variable: 8,
  /** A `$` in front of something else, as in `$[ ... ]`. */
  Dollar: 9,
  /** `=` between a name and its value, or the comparison in an expression. */
  Equals: 10,
  /** Any other operator: `!=` `~` `->` `+` `&&` `.` `,` ... */
  Operator: 11,
  /** `;` */
  Semicolon: 12,
  /** `{` */
  OpenBrace: 13,
  /** `}` */
  CloseBrace: 14,
  /** `[` */
  OpenBracket: 15,
  /** `]` */
  CloseBracket: 16,
  /** `(` */
  OpenParen: 17,
  /** `)` */
  CloseParen: 18,
  /** Characters that cannot stand here, such as a stray `\`. */
  Unexpected: 19,
  /** A whole line that is no configuration: a table heading, a mail boundary. */
  Text: 20,
  /** A console prompt, `[admin@device] /ip address> `. */
  Prompt: 21,
} as const

/** One of the numbers in {@link TokenKind}. */
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind]

/** A token as an object, made on demand from the tree's arrays. */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
}
