import { versionNumbers } from '../../export/export-header.js'
import { printValue } from '../../export/quote-value.js'
import type { ItemRecord } from '../item-record.js'
import type { CommandCall } from '../menu-command.js'
import { isFlag, recordFlags } from './record-flags.js'
import { shownValue } from './shown-value.js'

/**
 * A singleton: names right-aligned, an empty line after them. Newer versions pad the values to one width: seen on 7.2x,
 * not on 7.15.
 */
export function printSingle(call: CommandCall, record: ItemRecord): string {
  const names = [...record.properties.keys()]
  const width = Math.max(...names.map((name) => name.length), 0)
  const values = names.map((name) => shownValue(call.menu, name, record.properties.get(name) ?? ''))
  const [major, minor] = versionNumbers(call.router.settings.version)
  const pads = major > 7 || (major === 7 && minor >= 20)
  const valueWidth = pads ? Math.max(...values.map((value) => value.length)) : 0
  const lines = names.map((name, index) => {
    const line = `  ${name.padStart(width)}: ${values[index]?.padEnd(valueWidth)}`
    return pads ? line : line.trimEnd()
  })
  return `${lines.join('\n')}\n\n`
}

/** Properties that come first, by menu; the others keep the order in which they are known. */
const LEADING: Readonly<Record<string, readonly string[]>> = {
  firewall: 'chain action connection-state protocol src-address dst-address src-port dst-port'.split(' '),
  '/system scheduler': 'name start-date start-time interval on-event owner policy run-count next-run'.split(
    ' ',
  ),
  '/system script': 'name owner policy dont-require-permissions run-count source'.split(' '),
}

/** Properties that lists show last. */
const TRAILING = ['log', 'log-prefix']

function listOrder(menu: string, names: readonly string[]): string[] {
  const leading =
    LEADING[/^\/ip(?:v6)? firewall (?:filter|nat|mangle|raw)$/.test(menu) ? 'firewall' : menu] ?? []
  const place = (name: string): number => {
    const first = leading.indexOf(name)
    if (first >= 0) return first
    return leading.length + (TRAILING.includes(name) ? 1 : 0)
  }
  return [...names].sort((a, b) => place(a) - place(b))
}

/** Times with a blank in them that lists show as they are. */
const BARE_TIMES = new Set(['next-run', 'last-modified', 'creation-time', 'time', 'started', 'when'])

function assignments(
  call: CommandCall,
  record: ItemRecord,
  only: readonly string[] | undefined,
  shown: (name: string, value: string) => string,
): string[] {
  const names =
    only ??
    listOrder(
      call.menu,
      [...record.properties.keys()].filter(
        (name) => !isFlag(name) && name !== 'comment' && !name.startsWith('.'),
      ),
    )
  return names
    .filter((name) => record.properties.has(name))
    .map((name) => `${name}=${shown(name, shownValue(call.menu, name, record.properties.get(name) ?? ''))}`)
}

/** A value as `print detail` shows it: names and texts in quotes. */
function detailValue(name: string, value: string): string {
  if (BARE_TIMES.has(name)) return value
  if (name === 'name' || name === 'owner' || name === 'comment') return `"${value.replace(/["\\]/g, '\\$&')}"`
  return value === '' ? '""' : printValue(value)
}

/** `print detail`: a paragraph each, values in lines as wide as the terminal. */
export function printDetail(
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
    for (const part of assignments(call, record, only, detailValue)) {
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

/** `print terse`: a line each. */
export function printTerse(
  call: CommandCall,
  records: readonly ItemRecord[],
  only: readonly string[] | undefined,
): string {
  return records
    .map((record, index) => {
      const words = assignments(call, record, only, (_, value) => value)
      const comment = record.properties.get('comment')
      if (comment !== undefined && comment !== '') words.unshift(`comment=${comment}`)
      return `${String(index).padStart(2)} ${recordFlags(record).padEnd(2)} ${words.join(' ')} \n`
    })
    .join('')
}

/** The log: a line each, not a table. */
export function printLog(records: readonly ItemRecord[]): string {
  const line = ({ properties }: ItemRecord): string =>
    `${properties.get('time')} ${properties.get('topics')} ${properties.get('message')}\n`
  return records.map(line).join('')
}
