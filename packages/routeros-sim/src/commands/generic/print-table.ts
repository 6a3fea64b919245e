import type { ItemRecord } from '../item-record.js'
import type { CommandCall } from '../menu-command.js'
import { flagLegend, isFlag, recordFlags } from './record-flags.js'
import { shownValue } from './shown-value.js'

/** Columns a table shows, by menu; other menus show the first properties their items have. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  '/file': ['name', 'type', 'size', 'last-modified', 'creation-time'],
  '/ip address': ['address', 'network', 'interface'],
  '/ip service': ['name', 'port', 'proto', 'address', 'certificate', 'vrf', 'max-sessions'],
  '/ip route': ['dst-address', 'gateway', 'distance'],
  '/interface': ['name', 'type', 'mtu', 'mac-address'],
  '/interface bridge port': ['interface', 'bridge', 'pvid', 'priority', 'horizon'],
  '/system scheduler': ['name', 'start-date', 'start-time', 'interval', 'on-event', 'run-count', 'next-run'],
  '/system script': ['name', 'owner', 'policy', 'run-count'],
  '/system script job': ['type', 'script', 'started', 'owner'],
  '/system history': ['action', 'by', 'policy', 'time'],
  '/system package': ['name', 'version'],
  '/user': ['name', 'group', 'address', 'last-logged-in'],
  '/user active': ['when', 'name', 'address', 'via'],
  '/user group': ['name', 'policy', 'skin'],
  '/system logging': ['topics', 'action', 'prefix'],
  '/system logging action': ['name', 'target'],
}

/** Columns that are there though no row has a value. */
const SHOWN_EMPTY: ReadonlySet<string> = new Set(['certificate'])

/** Flags that the heading explains even when no row has them. */
const FLAGS_SHOWN: Readonly<Record<string, string>> = { '/ip service': 'XI' }

const HIDDEN: ReadonlySet<string> = new Set(['comment', 'password'])
const RIGHT_ALIGNED = new Set(['size', 'port', 'run-count', 'distance', 'pvid', 'max-sessions'])

function columnsOf(call: CommandCall, records: readonly ItemRecord[]): string[] {
  const wanted = COLUMNS[call.menu]
  if (wanted !== undefined)
    return wanted.filter(
      (name) => records.some((record) => record.properties.has(name)) || SHOWN_EMPTY.has(name),
    )
  const seen = new Set<string>()
  for (const record of records) {
    const own = record.item === undefined ? record.properties.keys() : record.item.values.keys()
    if (record.properties.has('name')) seen.add('name')
    for (const name of own) if (!HIDDEN.has(name) && !isFlag(name)) seen.add(name)
  }
  return [...seen].slice(0, 6)
}

/** Columns whose lists newer versions show one element a line (facts 10.2, row 36). */
const STACKED: ReadonlySet<string> = new Set(
  'address policy topics ranges vlan-ids tagged untracked untagged'.split(' '),
)

interface Column {
  readonly name: string
  readonly width: number
  /** The lines of each record's cell. */
  readonly cells: readonly (readonly string[])[]
}

function columnOf(call: CommandCall, records: readonly ItemRecord[], name: string): Column {
  const isStacked = call.router.major >= 7 && STACKED.has(name)
  const cells = records.map((record) => {
    const text = shownValue(call.menu, name, record.properties.get(name) ?? '')
    return isStacked ? text.split(',') : [text]
  })
  return { name, cells, width: Math.max(name.length, ...cells.flat().map((line) => line.length)) }
}

/** The columns asked for, or as many of the usual ones as the screen is wide. */
function fittingColumns(
  call: CommandCall,
  records: readonly ItemRecord[],
  only: readonly string[] | undefined,
  leadWidth: number,
): Column[] {
  const columns: Column[] = []
  let width = leadWidth
  for (const name of only ?? columnsOf(call, records)) {
    const column = columnOf(call, records, name)
    if (columns.length > 0 && only === undefined && width + column.width > call.execution.session.width) break
    columns.push(column)
    width += column.width + 2
  }
  return columns
}

/** The lines above a table: flags, and in v7 the names of the columns. */
function headingOf(call: CommandCall, records: readonly ItemRecord[], columns: readonly Column[]): string[] {
  const isNewer = call.router.major >= 7
  const legend = flagLegend(records, FLAGS_SHOWN[call.menu] ?? '')
  const lines: string[] = []
  if (!isNewer && records.some((record) => record.item !== undefined)) {
    lines.push('Flags: X - disabled, I - invalid, D - dynamic ')
  } else if (legend !== '') {
    lines.push(`Flags: ${legend}`)
  }
  if (isNewer) lines.push(`Columns: ${columns.map(({ name }) => name.toUpperCase()).join(', ')}`)
  return lines
}

/** The table of `print` (facts 10.2, rows 35 to 37): columns padded to their width, those that do not fit left out. */
export function printTable(
  call: CommandCall,
  records: readonly ItemRecord[],
  only: readonly string[] | undefined,
): string {
  if (records.length === 0) return ''
  const flags = records.map((record) => recordFlags(record))
  const flagWidth = Math.max(...flags.map((letters) => letters.length))
  const showsIds = call.args.hasWord('show-ids')
  const numbers = records.map((record, index) =>
    showsIds ? record.id : (record.properties.get('.number') ?? String(index)),
  )
  const numberWidth = call.menu === '/system history' ? 0 : Math.max(...numbers.map((text) => text.length))
  const lead = (number: string, letters: string): string => {
    const parts = [number.slice(0, numberWidth).padStart(numberWidth), letters.padEnd(flagWidth)]
    const shown = parts.filter((part) => part !== '').map((part) => `${part} `)
    return `${call.router.major >= 7 ? '' : ' '}${shown.join('')}`
  }
  const columns = fittingColumns(call, records, only, lead('', '').length)
  const row = (cell: (column: Column) => string): string =>
    columns
      .map((column) => {
        const text = cell(column)
        return RIGHT_ALIGNED.has(column.name) ? text.padStart(column.width) : text.padEnd(column.width)
      })
      .join('  ')
  const lines = headingOf(call, records, columns)
  lines.push(lead('#', '') + row(({ name }) => name.toUpperCase()))
  records.forEach((record, index) => {
    const comment = record.properties.get('comment')
    if (comment !== undefined && comment !== '') lines.push(`;;; ${comment}`)
    const height = Math.max(...columns.map(({ cells }) => cells[index]?.length ?? 1))
    for (let line = 0; line < height; line += 1) {
      const start = line === 0 ? lead(numbers[index] ?? '', flags[index] ?? '') : lead('', '')
      lines.push(start + row(({ cells }) => cells[index]?.[line] ?? ''))
    }
  })
  return `${lines.join('\n')}\n`
}
