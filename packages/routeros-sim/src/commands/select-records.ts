import { toText } from '../language/convert-value.js'
import { RouterError } from '../language/router-error.js'
import type { ScriptValue } from '../language/script-value.js'
import type { ItemRecord } from './item-record.js'
import type { CommandCall } from './menu-command.js'

/** Finds one record by id, position or name. @throws RouterError `no such item` */
function findRecord(records: readonly ItemRecord[], text: string, isNumber: boolean): ItemRecord {
  let found: ItemRecord | undefined
  if (/^\*[0-9a-fA-F]+$/.test(text)) {
    const id = text.toUpperCase()
    found = records.find((record) => record.id === id)
  } else {
    found = records.find((record) => record.properties.get('name') === text)
    if (found === undefined && isNumber) {
      const numbered = records.some((record) => record.properties.has('.number'))
      found = numbered
        ? records.find((record) => record.properties.get('.number') === text)
        : records[Number(text)]
    }
    found ??= records.find((record) => record.properties.get('default-name') === text)
  }
  if (found === undefined) throw new RouterError('no such item')
  return found
}

/** The records a value means: a list from `find`, ids, positions, names. An empty list means none. */
export function recordsFor(
  records: readonly ItemRecord[],
  value: ScriptValue,
  takesNumbers = true,
): ItemRecord[] {
  if (value.type === 'array')
    return value.entries.flatMap((entry) => recordsFor(records, entry.value, takesNumbers))
  if (value.type === 'nothing' || value.type === 'nil') return []
  const text = toText(value)
  if (value.type === 'num') return [findRecord(records, text, takesNumbers)]
  const whole = records.find((record) => record.properties.get('name') === text)
  if (whole !== undefined) return [whole]
  return text.split(',').map((part) => findRecord(records, part, takesNumbers && /^\d+$/.test(part)))
}

/** The records that `set`, `remove` and their like are to act on: the first positional value, or `numbers=`. */
export function selectedRecords(call: CommandCall): ItemRecord[] {
  const given = call.args.value('numbers') ?? call.args.positional[0]?.value
  if (given === undefined) throw new RouterError('missing value(s) of argument(s) numbers')
  // Assumption: the numbers of a print live as long as its session, so an exec has none of its own.
  const takesNumbers = call.router.settings.behaviour.setNumbers === 'natural'
  return recordsFor(call.router.records(call.menu), given, takesNumbers)
}
