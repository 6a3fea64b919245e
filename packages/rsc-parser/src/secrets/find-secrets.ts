import { buildDocument } from '../document/build-document.js'
import { embeddedScripts } from '../document/embedded-script.js'
import type { RscDocument } from '../document/rsc-document.js'
import type { ArgumentNode, CommandNode, StatementNode, ValueNode } from '../syntax/node.js'
import type { SourceRange } from '../text/source-range.js'
import { isSecret, isSecretName } from './secret-names.js'

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
 * commands that are named like one, and both again in the scripts that properties hold. Empty values and variables
 * are no secrets.
 */
export function findSecrets(document: RscDocument, depth = 0): readonly SecretPlace[] {
  const places: SecretPlace[] = []
  const isItem = new Set<number>()
  for (const item of document.items) {
    isItem.add(item.statement)
    for (const property of item.properties.values()) {
      if (property.state !== 'set' || property.value === '' || !property.constant) continue
      if (isSecret(item.menu, property.name))
        places.push({ range: property.valueRange, value: property.value })
    }
    if (depth >= maxDepth) continue
    for (const script of embeddedScripts(document, item)) {
      for (const { range, value } of findSecrets(buildDocument(script.tree), depth + 1)) {
        places.push({ range: script.toSource(range), value })
      }
    }
  }
  places.push(...overwrittenSecrets(document))
  const tree = document.source
  for (let index = 0; index < tree.statementCount; index++) {
    const node = tree.statement(index)
    if (node.kind === 'command' && !isItem.has(index)) visitCommand(node, places)
  }
  return places.sort((first, second) => first.range.start - second.range.start)
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
      const text = plainText(value)
      const isKept = item.properties.get(name.text)?.valueRange.start === value.range.start
      if (text !== undefined && text !== '' && !isKept) places.push({ range: value.range, value: text })
    }
  }
  return places
}

function visitCommand(command: CommandNode, places: SecretPlace[]): void {
  for (const argument of command.arguments) visitArgument(argument, places)
}

function visitArgument(argument: ArgumentNode, places: SecretPlace[]): void {
  const { name, value } = argument
  if (value === undefined) return
  const text = name === undefined || !isSecretName(name.text) ? undefined : plainText(value)
  if (text !== undefined && text !== '') places.push({ range: value.range, value: text })
  else visitValue(value, places)
}

function plainText(value: ValueNode): string | undefined {
  if (value.kind === 'word') return value.text
  return value.kind === 'string' && value.constant ? value.value : undefined
}

function visitValue(value: ValueNode, places: SecretPlace[]): void {
  if (value.kind !== 'block' && value.kind !== 'substitution') return
  for (const statement of value.statements) visitStatement(statement, places)
}

function visitStatement(statement: StatementNode, places: SecretPlace[]): void {
  if (statement.kind === 'command') visitCommand(statement, places)
}
