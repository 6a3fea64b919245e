import type { SourceRange } from '../text/source-range.js'

/**
 * The nodes of the syntax tree. They are plain objects made on demand from the token arrays; what is nested
 * (blocks, substitutions, groups) is parsed when its getter is first read, so depth costs no stack.
 */
export type StatementNode = CommentNode | CommandNode | TextNode

/** A comment line, from its `#` to the line end (not included). */
export interface CommentNode {
  readonly kind: 'comment'
  readonly range: SourceRange
  /** Text after the `#`, as written. */
  readonly text: string
}

/** A line that is no configuration, or a console prompt. */
export interface TextNode {
  readonly kind: 'text'
  readonly range: SourceRange
  readonly prompt: boolean
}

/**
 * One command: everything up to the line end or `;`.
 * `head` holds the leading bare words (path, verb, bare arguments); which of them are path and verb depends on
 * the menu in force and the menu table, see `resolveCommand`. A statement that begins with a variable, string,
 * block, group or substitution has an empty head and that value as first argument.
 */
export interface CommandNode {
  readonly kind: 'command'
  readonly range: SourceRange
  /** True when the first word begins with `/`. */
  readonly absolute: boolean
  /** The leading bare words; also the first entries of `arguments`, one positional argument each. */
  readonly head: readonly WordNode[]
  /** Everything of the statement in order: head words, positional values, `name=value`, `!name`. */
  readonly arguments: readonly ArgumentNode[]
  /** Token range, for `parseExpression` and for printing. */
  readonly firstToken: number
  readonly endToken: number
}

/** One argument of a command. */
export interface ArgumentNode {
  readonly kind: 'argument'
  readonly range: SourceRange
  /** The name in `name=value`, the part after `!` in `!name`; absent for a positional value. */
  readonly name: WordNode | undefined
  /** Operator after the name: `=`, or in conditions `!=`, `~`, `<`, `>`, `<=`, `>=`. Absent without a value. */
  readonly operator: string | undefined
  /** Absent for `!name` and for `name=` with nothing after it. */
  readonly value: ValueNode | undefined
  /** True for `!name`. */
  readonly unset: boolean
  readonly firstToken: number
  readonly endToken: number
}

/** A value: what can stand after `name=`, as positional argument, as operand or as array element. */
export type ValueNode =
  | WordNode
  | StringNode
  | VariableNode
  | SubstitutionNode
  | GroupNode
  | BlockNode
  | CompoundNode

/** A bare word with its continuations joined. `text` is in the source's own characters. */
export interface WordNode {
  readonly kind: 'word'
  readonly range: SourceRange
  readonly text: string
}

/** A quoted string. */
export interface StringNode {
  readonly kind: 'string'
  readonly range: SourceRange
  /** The decoded value as a byte string; `$name` and embedded code are left as written. */
  readonly value: string
  /** False when it holds `$name`, `$(...)` or `$[...]` that a script would evaluate. */
  readonly constant: boolean
  readonly terminated: boolean
  /** Offsets of backslashes that begin no escape RouterOS knows. */
  readonly invalidEscapes: readonly number[]
  /** Text, variables and embedded code in order, parsed when read. */
  readonly parts: readonly StringPart[]
}

/** A piece of a quoted string. Ranges are those of the source. */
export type StringPart =
  | { readonly kind: 'text'; readonly range: SourceRange; readonly value: string }
  | VariableNode
  | SubstitutionNode
  | GroupNode

/** `$name` or `$"name with blanks"`. */
export interface VariableNode {
  readonly kind: 'variable'
  readonly range: SourceRange
  readonly name: string
}

/** `[ command ... ]`; its statements are parsed when read. */
export interface SubstitutionNode {
  readonly kind: 'substitution'
  readonly range: SourceRange
  readonly statements: readonly StatementNode[]
  readonly closed: boolean
}

/** `( expression )`; parsed when read. */
export interface GroupNode {
  readonly kind: 'group'
  readonly range: SourceRange
  readonly expression: ExpressionNode | undefined
  readonly closed: boolean
}

/**
 * `{ ... }`. Whether it is code or an array depends on who reads it: both views are there, parsed when read.
 * `inner` is the range between the braces, which RouterOS keeps raw for `source={...}`.
 */
export interface BlockNode {
  readonly kind: 'block'
  readonly range: SourceRange
  readonly inner: SourceRange
  readonly statements: readonly StatementNode[]
  readonly elements: readonly ArrayElementNode[]
  readonly closed: boolean
}

/** An element of an array: `value` or `key=value`. */
export interface ArrayElementNode {
  readonly range: SourceRange
  readonly key?: ExpressionNode
  readonly value: ExpressionNode | undefined
}

/** Values written next to each other without a blank, as in `pre$name` or `$a->"key"`. */
export interface CompoundNode {
  readonly kind: 'compound'
  readonly range: SourceRange
  readonly parts: readonly (ValueNode | OperatorNode)[]
  readonly firstToken: number
  readonly endToken: number
}

/** An operator between the parts of a compound value. */
export interface OperatorNode {
  readonly kind: 'operator'
  readonly range: SourceRange
  readonly text: string
}

/** An expression with operator precedence applied. */
export type ExpressionNode = ValueNode | UnaryNode | BinaryNode | ListNode

/** `!x`, `-x`, `~x`, `+x`, `not x`. */
export interface UnaryNode {
  readonly kind: 'unary'
  readonly range: SourceRange
  readonly operator: string
  readonly operand: ExpressionNode
}

/** `a && b`, `$x->"k"`, `a . b`, `a , b`, ... */
export interface BinaryNode {
  readonly kind: 'binary'
  readonly range: SourceRange
  readonly operator: string
  readonly left: ExpressionNode
  readonly right: ExpressionNode
}

/** Values with no operator between them, such as `($f 1 2)`: first is called with the rest. */
export interface ListNode {
  readonly kind: 'list'
  readonly range: SourceRange
  readonly items: readonly ExpressionNode[]
}
