import type { MenuFacts } from '../facts/menu-facts.js'
import type { ArgumentNode, CommandNode, ValueNode } from '../syntax/node.js'
import type { ProblemList } from '../syntax/problem-list.js'
import type { Tree } from '../syntax/tree.js'
import { toByteString } from '../text/bytes.js'
import { ParsedProperty, PropertyMap } from './property-map.js'
import type { PropertyValue } from './property-value.js'
import { isScriptProperty } from './script-properties.js'
import type { Selector } from './selector.js'

/** What the arguments of an `add` or `set` say. */
export interface ReadArguments {
  readonly selector?: Selector
  readonly properties: ReadonlyMap<string, PropertyValue>
}

/**
 * Reads the arguments behind the verb: selector, properties with elided prefixes expanded, flags and `!unset`.
 *
 * @param used head words that path and verb take up.
 * @param takesSelector a first positional value names the item; otherwise it is a flag.
 */
export function readArguments(
  tree: Tree,
  command: CommandNode,
  used: number,
  takesSelector: boolean,
  facts: MenuFacts | undefined,
  problems: ProblemList,
): ReadArguments {
  const properties = new PropertyMap()
  let selector: Selector | undefined
  let prefix = ''
  for (const argument of command.arguments.slice(used)) {
    if (argument.name === undefined) {
      if (argument.value === undefined) continue
      if (takesSelector && selector === undefined && properties.size === 0) {
        selector = readSelector(tree, argument.value)
      } else addFlag(tree, argument, argument.value, properties)
      continue
    }
    const written = toByteString(argument.name.text)
    let name = written
    if (written.startsWith('.') && written.length > 1) {
      if (prefix === '') {
        const { start, end } = argument.name.range
        problems.add(
          'elided-prefix-without-group',
          start,
          end,
          'No property before this one gives the prefix.',
        )
      } else name = prefix + written
    } else {
      const dot = written.lastIndexOf('.')
      if (dot > 0) prefix = written.slice(0, dot)
    }
    if (takesSelector && selector === undefined && name === 'numbers' && argument.value !== undefined) {
      selector = readSelector(tree, argument.value)
      continue
    }
    if (argument.value?.kind === 'string') {
      for (const offset of argument.value.invalidEscapes) {
        problems.add('invalid-escape', offset, offset + 1, 'This backslash begins no escape.')
      }
    }
    if (!properties.put(readProperty(tree, argument, intern(name), facts))) {
      const { start, end } = argument.range
      problems.add('duplicate-property', start, end, 'This property is given twice; the last value counts.')
    }
  }
  return selector === undefined ? { properties } : { selector, properties }
}

const names = new Map<string, string>()

/** One string object per property name for all items; bounded, for sources with endless names. */
function intern(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  if (names.size < 10_000) names.set(name, name)
  return name
}

function addFlag(tree: Tree, argument: ArgumentNode, value: ValueNode, properties: PropertyMap): void {
  const isWord = value.kind === 'word'
  const name = isWord ? intern(toByteString(value.text)) : tree.text(argument.range)
  const { start, end } = argument.range
  properties.put(new ParsedProperty(name, 'flag', '', isWord, start, end, end, end))
}

function readProperty(
  tree: Tree,
  argument: ArgumentNode,
  name: string,
  facts: MenuFacts | undefined,
): PropertyValue {
  const { start, end } = argument.name?.range ?? argument.range
  if (argument.unset) return new ParsedProperty(name, 'unset', '', true, start, end, end, end)
  if (argument.value === undefined) {
    const after = argument.range.end
    return new ParsedProperty(name, 'set', '', true, start, end, after, after)
  }
  const { range } = argument.value
  if (argument.operator !== '=') {
    const value = toByteString(tree.text(range))
    return new ParsedProperty(name, 'set', value, false, start, end, range.start, range.end)
  }
  const { value, constant } = readValue(tree, argument.value, isScriptProperty(name, facts))
  return new ParsedProperty(name, 'set', value, constant, start, end, range.start, range.end)
}

/** The byte string a value stands for; source text when it has to be evaluated first. */
function readValue(
  tree: Tree,
  value: ValueNode,
  isScript: boolean,
): { readonly value: string; readonly constant: boolean } {
  switch (value.kind) {
    case 'word':
      return { value: toByteString(value.text), constant: true }
    case 'string':
      return { value: value.value, constant: value.constant }
    case 'block': {
      // RouterOS keeps the text between the braces of `source={...}` as it is.
      const range = isScript ? value.inner : value.range
      return { value: rawBytes(tree, tree.text(range)), constant: isScript }
    }
    case 'compound': {
      const isConstant = value.parts.every(
        (part) =>
          part.kind === 'word' || part.kind === 'operator' || (part.kind === 'string' && part.constant),
      )
      if (!isConstant) return { value: rawBytes(tree, tree.text(value.range)), constant: false }
      const text = value.parts.map((part) =>
        part.kind === 'string'
          ? part.value
          : part.kind === 'word' || part.kind === 'operator'
            ? toByteString(part.text)
            : '',
      )
      return { value: text.join(''), constant: true }
    }
    default:
      return { value: rawBytes(tree, tree.text(value.range)), constant: false }
  }
}

function rawBytes(tree: Tree, text: string): string {
  const joined = text.replace(/\r\n?/g, '\n')
  return tree.encoding === 'text' ? toByteString(joined) : joined
}

function readSelector(tree: Tree, value: ValueNode): Selector {
  const { range } = value
  if (value.kind === 'string' && value.constant) return { kind: 'name', name: value.value, range }
  if (value.kind === 'word') {
    if (/^\*[0-9a-f]+$/i.test(value.text)) return { kind: 'id', id: value.text.toUpperCase(), range }
    if (/^\d+(?:,\d+)*$/.test(value.text)) {
      return { kind: 'numbers', numbers: value.text.split(',').map(Number), range }
    }
    return { kind: 'name', name: toByteString(value.text), range }
  }
  if (value.kind === 'substitution') {
    const conditions = findConditions(tree, value)
    if (conditions !== undefined) return { kind: 'find', conditions, range }
  }
  return { kind: 'other', text: tree.text(range), range }
}

/** The conditions of `[ find a=b c=d ]` when all are comparisons with constants. */
function findConditions(
  tree: Tree,
  value: ValueNode & { readonly kind: 'substitution' },
): readonly { readonly name: string; readonly value: string }[] | undefined {
  const [statement, more] = value.statements
  if (statement?.kind !== 'command' || more !== undefined || statement.head[0]?.text !== 'find')
    return undefined
  const conditions: { name: string; value: string }[] = []
  for (const argument of statement.arguments.slice(1)) {
    if (argument.name === undefined && argument.value?.kind === 'word' && argument.value.text === 'where')
      continue
    if (argument.name === undefined || argument.operator !== '=' || argument.value === undefined)
      return undefined
    const read = readValue(tree, argument.value, false)
    if (!read.constant) return undefined
    conditions.push({ name: toByteString(argument.name.text), value: read.value })
  }
  return conditions.length === 0 ? undefined : conditions
}
