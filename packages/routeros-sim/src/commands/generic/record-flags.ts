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
]

/** What the heading of a table calls each letter. */
export const flagNames: ReadonlyMap<string, string> = new Map(FLAGS.map(([, letter, name]) => [letter, name]))

/** Flag letters of a record. */
export function recordFlags(record: ItemRecord): string {
  const letters = FLAGS.filter(([property]) => record.properties.get(property) === 'yes')
  return [...new Set(letters.map(([, letter]) => letter))].join('')
}

/** True for what lists and tables show as a letter instead of a value. */
export function isFlag(property: string): boolean {
  return FLAGS.some(([name]) => name === property)
}
