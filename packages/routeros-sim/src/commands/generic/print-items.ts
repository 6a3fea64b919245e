import { printValue } from '../../export/quote-value.js'
import { toText } from '../../language/convert-value.js'
import { array, NOTHING, type ScriptValue } from '../../language/script-value.js'
import type { ItemRecord } from '../item-record.js'
import { formatBytes } from '../live-menus.js'
import type { CommandCall, MenuCommand } from '../menu-command.js'
import { isSingletonMenu } from '../menu-records.js'
import { printTable } from './print-table.js'
import { countValue, matchingRecords, recordArray } from './read-items.js'

const SIZE_PROPERTIES = new Set(['free-memory', 'total-memory', 'free-hdd-space', 'total-hdd-space'])

/** Value as tables and lists show it. */
export function shownValue(menu: string, property: string, value: string): string {
  if (menu === '/system resource' && SIZE_PROPERTIES.has(property)) {
    return `${(Number(value) / 1024 / 1024).toFixed(1)}MiB`
  }
  if (menu === '/file' && property === 'size' && value !== '') return formatBytes(Number(value))
  return value
}

/** A singleton: names right-aligned, an empty line after them. */
function printSingle(call: CommandCall, record: ItemRecord): string {
  const names = [...record.properties.keys()]
  const width = Math.max(...names.map((name) => name.length), 0)
  const lines = names.map((name) =>
    `  ${name.padStart(width)}: ${shownValue(call.menu, name, record.properties.get(name) ?? '')}`.trimEnd(),
  )
  return `${lines.join('\n')}\n\n`
}

/** Flag letters of a record, in the order X D I and so on. */
export function recordFlags(record: ItemRecord): string {
  const has = (property: string): boolean => record.properties.get(property) === 'yes'
  let flags = ''
  if (has('disabled')) flags += 'X'
  if (has('dynamic')) flags += 'D'
  if (has('invalid')) flags += 'I'
  if (has('running') && !has('disabled')) flags += 'R'
  if (has('default') || has('.builtin')) flags += '*'
  if (has('undoable')) flags += 'U'
  return flags
}

const FLAG_PROPERTIES = new Set(['disabled', 'dynamic', 'invalid', 'default', 'undoable', 'running'])

function assignments(call: CommandCall, record: ItemRecord, only: readonly string[] | undefined): string[] {
  const names =
    only ??
    [...record.properties.keys()].filter(
      (name) => !FLAG_PROPERTIES.has(name) && name !== 'comment' && !name.startsWith('.'),
    )
  return names
    .filter((name) => record.properties.has(name))
    .map((name) => {
      const value = shownValue(call.menu, name, record.properties.get(name) ?? '')
      const quoted = name === 'name' || name === 'owner' || name === 'comment'
      return `${name}=${quoted && !value.startsWith('"') ? `"${value.replace(/["\\]/g, '\\$&')}"` : value === '' ? '""' : printValue(value)}`
    })
}

function printDetail(
  call: CommandCall,
  records: readonly ItemRecord[],
  only: readonly string[] | undefined,
): string {
  const flags = 'Flags: X - disabled, I - invalid, D - dynamic \n'
  const lines: string[] = []
  records.forEach((record, index) => {
    const comment = record.properties.get('comment')
    const lead = `${String(index).padStart(2)} ${recordFlags(record).padEnd(2)} `
    if (comment !== undefined && comment !== '') lines.push(`${lead};;; ${comment}`)
    const indent = ' '.repeat(lead.length)
    let line = comment !== undefined && comment !== '' ? indent : lead
    let isFirst = true
    for (const part of assignments(call, record, only)) {
      if (!isFirst && line.length + 1 + part.length > call.execution.session.width - 1) {
        lines.push(line)
        line = indent + part
      } else line += isFirst ? part : ` ${part}`
      isFirst = false
    }
    lines.push(line, '')
  })
  return `${flags}${lines.join('\n')}${lines.length > 0 ? '\n' : ''}`
}

function printTerse(
  call: CommandCall,
  records: readonly ItemRecord[],
  only: readonly string[] | undefined,
): string {
  return records
    .map((record, index) => {
      const words = assignments(call, record, only)
      const comment = record.properties.get('comment')
      if (comment !== undefined && comment !== '') words.unshift(`comment=${comment}`)
      return `${String(index).padStart(2)} ${recordFlags(record).padEnd(2)} ${words.join(' ')} \n`
    })
    .join('')
}

export const printItems: MenuCommand = async (call): Promise<ScriptValue> => {
  const { args, execution } = call
  const records = await matchingRecords(call)
  const isSingleton = isSingletonMenu(call.router, call.menu)
  if (args.hasWord('count-only')) {
    execution.session.write(`${records.length}\n`)
    return countValue(records)
  }
  const list = args.value('proplist') ?? args.value('.proplist')
  const only = list === undefined ? undefined : toText(list).split(/[,;]/)
  if (args.hasWord('as-value')) {
    const [first] = records
    if (isSingleton && first !== undefined) return recordArray(first, false, only)
    return array(records.map((record) => recordArray(record, true, only)))
  }
  let text: string
  if (isSingleton && records[0] !== undefined) text = printSingle(call, records[0])
  else if (args.hasWord('terse')) text = printTerse(call, records, only)
  else if (args.hasWord('detail')) text = printDetail(call, records, only)
  else text = printTable(call, records, only)
  const file = args.text('file')
  if (file !== undefined) {
    await call.router.host.files.write(`${file}.txt`, Buffer.from(text, 'latin1'))
    return NOTHING
  }
  execution.session.write(text)
  return NOTHING
}
