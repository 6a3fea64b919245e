import { buildDocument } from '../document/build-document.js'
import { embeddedScript, embeddedScripts } from '../document/embedded-script.js'
import type { PropertyValue } from '../document/property-value.js'
import type { RscDocument } from '../document/rsc-document.js'
import type { CommandNode, ValueNode } from '../syntax/node.js'
import type { SourceRange } from '../text/source-range.js'
import { isSecret, isSecretName, isSecretVariable } from './secret-names.js'
import { secretRangesIn } from './secret-text.js'

/** A secret as it stands in a source. */
export interface SecretPlace {
  /** The value with its quotes. */
  readonly range: SourceRange
  /** The decoded value, a byte string. */
  readonly value: string
}

/** Scripts in scripts in scripts: deeper than people write, and a bound on the work. */
const maxDepth = 3

/**
 * All secrets of a document in source order: properties that the menu table calls sensitive, arguments of other
 * commands and script variables that are named like one, what running text gives away (passwords in URLs, request
 * headers, private keys), and all of these again in the scripts that properties hold. Empty values and variables are
 * no secrets.
 */
export function findSecrets(document: RscDocument): readonly SecretPlace[] {
  return outermost(allSecrets(document, 0))
}

function allSecrets(document: RscDocument, depth: number): readonly SecretPlace[] {
  const places: SecretPlace[] = [...secretsInText(document.source.source)]
  const itemStarts = new Set<number>()
  for (const item of document.items) {
    itemStarts.add(item.range.start)
    for (const property of item.properties.values()) {
      if (property.state !== 'set' || property.value === '') continue
      if (isSecret(item.menu, property.name)) {
        if (property.constant || isMadeOfLiterals(property.value))
          places.push({ range: property.valueRange, value: property.value })
      } else if (secretRangesIn(property.value).length > 0)
        places.push(...secretsInProperty(document, property))
    }
    if (depth >= maxDepth) continue
    for (const script of embeddedScripts(document, item)) {
      for (const { range, value } of allSecrets(buildDocument(script.tree), depth + 1)) {
        places.push({ range: script.toSource(range), value })
      }
    }
  }
  places.push(...overwrittenSecrets(document))
  const tree = document.source
  for (let index = 0; index < tree.statementCount; index++) {
    const node = tree.statement(index)
    // A block holds items and is none.
    if (node.kind === 'command' && !itemStarts.has(node.range.start)) visitCommand(node, tree.source, places)
  }
  return places
}

/** In source order; of those that overlap, the one that begins first and is longest. */
function outermost(places: readonly SecretPlace[]): readonly SecretPlace[] {
  const kept: SecretPlace[] = []
  for (const place of [...places].sort(
    (a, b) => a.range.start - b.range.start || b.range.end - a.range.end,
  )) {
    const last = kept[kept.length - 1]
    if (last === undefined || place.range.start >= last.range.end) kept.push(place)
  }
  return kept
}

function secretsInText(text: string): readonly SecretPlace[] {
  return secretRangesIn(text).map((range) => ({ range, value: text.slice(range.start, range.end) }))
}

/** The same in a value that may be escaped and broken over several lines. */
function secretsInProperty(document: RscDocument, property: PropertyValue): readonly SecretPlace[] {
  const text = embeddedScript(document, property)
  if (text === undefined) return []
  return secretsInText(text.tree.source).map(({ range, value }) => ({ range: text.toSource(range), value }))
}

/** Secrets that stand in an item twice: the item keeps the last value, the earlier one is just as secret. */
function overwrittenSecrets(document: RscDocument): readonly SecretPlace[] {
  const places: SecretPlace[] = []
  const repeated = document.problems.filter((problem) => problem.code === 'duplicate-property')
  for (const item of repeated.length === 0 ? [] : document.items) {
    if (!repeated.some(({ range }) => item.range.start <= range.start && range.end <= item.range.end))
      continue
    const node = document.source.statement(item.statement)
    for (const { name, value } of node.kind === 'command' ? node.arguments : []) {
      if (name === undefined || value === undefined || !isSecret(item.menu, name.text)) continue
      const text = plainText(value, document.source.source)
      const isKept = item.properties.get(name.text)?.valueRange.start === value.range.start
      if (text !== undefined && text !== '' && !isKept) places.push({ range: value.range, value: text })
    }
  }
  return places
}

/** Looks at a command and at all that stand in its blocks and brackets, however deep: without recursion. */
function visitCommand(outermost: CommandNode, source: string, places: SecretPlace[]): void {
  const pending = [outermost]
  for (let command = pending.pop(); command !== undefined; command = pending.pop()) {
    for (const { name, value } of command.arguments) {
      if (value === undefined) continue
      const text = name === undefined || !isSecretName(name.text) ? undefined : plainText(value, source)
      if (text !== undefined && text !== '') places.push({ range: value.range, value: text })
      else for (const inner of commandsIn(value)) pending.push(inner)
    }
    noteSecretVariable(command, source, places)
  }
}

/** `:set name value`, where the name says that the value is a secret. */
function noteSecretVariable(command: CommandNode, source: string, places: SecretPlace[]): void {
  const [verb, name, given] = command.arguments.map(({ value }) => value)
  if (verb?.kind !== 'word' || name?.kind !== 'word' || given === undefined) return
  if (!/^:?(global|local|set)$/.test(verb.text) || !isSecretVariable(name.text)) return
  const text = plainText(given, source)
  if (text !== undefined && !/^(|yes|no|true|false|do)$/.test(text))
    places.push({ range: given.range, value: text })
}

function commandsIn(value: ValueNode): readonly CommandNode[] {
  if (value.kind !== 'block' && value.kind !== 'substitution') return []
  return value.statements.filter((statement) => statement.kind === 'command')
}

/** An expression such as `("sec" . "ret")`; a key of an array is no secret. */
function isMadeOfLiterals(code: string): boolean {
  return code.startsWith('(') && !code.includes('->') && /"[^"$]*[^"$\s][^"$]*"/.test(code)
}

function plainText(value: ValueNode, source: string): string | undefined {
  if (value.kind === 'word') return value.text
  if (value.kind === 'group') {
    const code = source.slice(value.range.start, value.range.end)
    return isMadeOfLiterals(code) ? code : undefined
  }
  return value.kind === 'string' && value.constant ? value.value : undefined
}
