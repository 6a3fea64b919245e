import type { ItemRecord } from '../item-record.js'

/** Properties that tables show as a letter: property, letter, name; in the order in which letters stand. */
const FLAGS: readonly (readonly [string, string, string])[] = [
  ['disabled', 'X', 'DISABLED'],
  ['dynamic', 'D', 'DYNAMIC'],
  ['invalid', 'I', 'INVALID'],
  ['active', 'A', 'ACTIVE'],
  ['connect', 'c', 'CONNECT'],
  ['static', 's', 'STATIC'],
  ['running', 'R', 'RUNNING'],
  ['slave', 'S', 'SLAVE'],
  ['default', '*', 'DEFAULT'],
  ['.builtin', '*', 'DEFAULT'],
  ['undoable', 'U', 'UNDOABLE'],
  ['redoable', 'R', 'REDOABLE'],
]

/** Flag letters of a record. */
export function recordFlags(record: ItemRecord): string {
  const letters = FLAGS.filter(([property]) => record.properties.get(property) === 'yes')
  return [...new Set(letters.map(([, letter]) => letter))].join('')
}

/** What the heading of a table explains: the flags that its records have, and those named. */
export function flagLegend(records: readonly ItemRecord[], always: string): string {
  const used = FLAGS.filter(
    ([property, letter]) =>
      always.includes(letter) || records.some((record) => record.properties.get(property) === 'yes'),
  )
  return [...new Set(used.map(([, letter, name]) => `${letter} - ${name}`))].join(', ')
}

/** True for what lists and tables show as a letter instead of a value. */
export function isFlag(property: string): boolean {
  return FLAGS.some(([name]) => name === property)
}
