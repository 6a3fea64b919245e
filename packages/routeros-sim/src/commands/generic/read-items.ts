import { literalValue, toText } from '../../language/convert-value.js'
import { holdsFor } from '../../language/evaluate.js'
import { RouterError } from '../../language/router-error.js'
import { array, idValue, NOTHING, num, type ScriptValue } from '../../language/script-value.js'
import { type ItemRecord, propertyValue } from '../item-record.js'
import type { CommandCall, MenuCommand } from '../menu-command.js'
import { isSingletonMenu } from '../menu-records.js'
import { recordsFor } from '../select-records.js'

/** How conditions read a record. */
export function viewOf(record: ItemRecord): { read(property: string): ScriptValue | undefined } {
  return {
    read: (property) => {
      if (property === '.id') return idValue(record.id)
      const text = record.properties.get(property)
      return text === undefined ? undefined : propertyValue(property, text)
    },
  }
}

/** What stands in the place of a secret for an account without policy `sensitive`. Source: manual, User. */
const HIDDEN_SECRET = '*****'

/** The records of the menu as the account may see them. */
function visibleRecords(call: CommandCall): ItemRecord[] {
  const { router, menu, execution } = call
  const records = router.records(menu)
  const secrets = router.config.facts(menu)?.sensitive ?? []
  if (secrets.length === 0 || execution.policies.has('sensitive')) return records
  return records.map((record) => ({
    ...record,
    properties: new Map(
      [...record.properties].map(([name, value]) => [
        name,
        secrets.includes(name) && value !== '' ? HIDDEN_SECRET : value,
      ]),
    ),
  }))
}

/** The records of the menu for which the `where` of the command holds. */
export async function matchingRecords(call: CommandCall): Promise<ItemRecord[]> {
  const records = visibleRecords(call)
  if (call.args.where === undefined) return records
  const kept: ItemRecord[] = []
  for (const record of records) {
    if (await holdsFor(call.args.where, call.execution, viewOf(record))) kept.push(record)
  }
  return kept
}

export const findItems: MenuCommand = async (call) =>
  array((await matchingRecords(call)).map((record) => idValue(record.id)))

/** Properties that scripts get as arrays, so that `:put` shows them with `;`. */
const LISTS: ReadonlySet<string> = new Set(['policy', 'servers', 'tagged', 'topics', 'untagged'])

function readRecord(record: ItemRecord, property: string): ScriptValue {
  if (property === '.id') return idValue(record.id)
  const text = record.properties.get(property)
  if (text === undefined) return NOTHING
  if (LISTS.has(property) && text !== '') return array(text.split(',').map(literalValue))
  return propertyValue(property, text)
}

/** Marks that `as-value` shows only when they are asked for. */
const HIDDEN: ReadonlySet<string> = new Set([
  'dynamic',
  'disabled',
  'default',
  'actual-interface',
  'slave',
  'static',
])

/** A record as an array with keys, `.id` first. */
export function recordArray(record: ItemRecord, withId: boolean, only?: readonly string[]): ScriptValue {
  const names =
    only ??
    [...record.properties.keys()].filter(
      (name) => !name.startsWith('.') && !(HIDDEN.has(name) && record.item !== undefined),
    )
  const entries = names
    .filter((name) => record.properties.has(name))
    .map((name) => ({ key: name, value: readRecord(record, name) }))
  return {
    type: 'array',
    entries: withId ? [{ key: '.id', value: idValue(record.id) }, ...entries] : entries,
  }
}

export const getItem: MenuCommand = (call) => {
  const { router, menu, args } = call
  const records = visibleRecords(call)
  const isSingleton = isSingletonMenu(router, menu)
  const positional = args.positional.map((argument) => argument.value)
  const selector = args.value('number') ?? args.value('numbers') ?? (isSingleton ? undefined : positional[0])
  const property = args.value('value-name') ?? positional[isSingleton || args.named.has('number') ? 0 : 1]
  let record = records[0]
  if (!isSingleton) {
    if (selector === undefined) throw new RouterError('missing value(s) of argument(s) number')
    record = recordsFor(records, selector)[0]
  }
  if (record === undefined) throw new RouterError('no such item')
  if (property === undefined) return recordArray(record, !isSingleton)
  const name = toText(property)
  if (!record.properties.has(name) && !isKnownProperty(call, name)) {
    throw new RouterError(`input does not match any value of value-name`)
  }
  return readRecord(record, name)
}

function isKnownProperty(call: CommandCall, name: string): boolean {
  if (name === '.id' || name === 'comment' || name === 'next-run') return true
  const facts = call.router.config.facts(call.menu)
  const known =
    facts === undefined || facts.unset.includes(name) || name in facts.refs || name in facts.defaults
  if (known || facts?.required.includes(name) === true) return true
  const menu = call.router.config.menu(call.menu)
  return menu?.items.some((item) => item.values.has(name) || item.base.has(name)) ?? false
}

/** Number of matching records, for `print count-only` and `find` alike. */
export function countValue(records: readonly ItemRecord[]): ScriptValue {
  return num(records.length)
}
