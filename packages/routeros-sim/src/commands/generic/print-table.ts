import type { ItemRecord } from '../item-record.js'
import type { CommandCall } from '../menu-command.js'
import { flagNames, isFlag, recordFlags } from './record-flags.js'
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

/** The table of `print` (facts 10.2, rows 35 to 37): columns padded to their width, those that do not fit left out. */
export function printTable(
  call: CommandCall,
  records: readonly ItemRecord[],
  only: readonly string[] | undefined,
): string {
  if (records.length === 0) return ''
  const isNewer = call.router.major >= 7
  const flagsOf = records.map((record) => recordFlags(record))
  const flagWidth = Math.max(0, ...flagsOf.map((flags) => flags.length))
  const numberWidth = Math.max(
    1,
    ...records.map((record, index) => (record.properties.get('.number') ?? String(index)).length),
  )
  const numbered = call.menu !== '/system history'
  const lead = (number: string, flags: string): string => {
    const first = numbered ? number.padStart(numberWidth) : ''
    const second = flagWidth > 0 ? flags.padEnd(flagWidth) : ''
    const parts = [first, second].filter((part) => part !== '')
    return `${isNewer ? '' : ' '}${parts.join(' ')}${parts.length > 0 ? (isNewer ? ' ' : ' ') : ''}`
  }
  let width = lead('', '').length
  const columns: { readonly name: string; readonly width: number }[] = []
  for (const name of only ?? columnsOf(call, records)) {
    const widest = Math.max(
      name.length,
      ...records.map((record) => shownValue(call.menu, name, record.properties.get(name) ?? '').length),
    )
    if (columns.length > 0 && only === undefined && width + widest > call.execution.session.width) break
    columns.push({ name, width: widest })
    width += widest + 2
  }
  const cells = (value: (name: string) => string): string =>
    columns
      .map(({ name, width: cell }) =>
        RIGHT_ALIGNED.has(name) ? value(name).padStart(cell) : value(name).padEnd(cell),
      )
      .join('  ')
  const lines: string[] = []
  const used = new Set(flagsOf.join(''))
  const always = FLAGS_SHOWN[call.menu] ?? ''
  if (!isNewer && records.some((record) => record.item !== undefined)) {
    lines.push('Flags: X - disabled, I - invalid, D - dynamic ')
  } else if (used.size > 0 || always !== '') {
    lines.push(
      `Flags: ${[...new Set([...always, ...used])].map((flag) => `${flag} - ${flagNames.get(flag)}`).join(', ')}`,
    )
  }
  if (isNewer) lines.push(`Columns: ${columns.map(({ name }) => name.toUpperCase()).join(', ')}`)
  lines.push(lead(numbered ? '#' : '', '') + cells((name) => name.toUpperCase()))
  records.forEach((record, index) => {
    const comment = record.properties.get('comment')
    if (comment !== undefined && comment !== '') lines.push(`;;; ${comment}`)
    lines.push(
      lead(record.properties.get('.number') ?? String(index), flagsOf[index] ?? '') +
        cells((name) => shownValue(call.menu, name, record.properties.get(name) ?? '')),
    )
  })
  return `${lines.join('\n')}\n`
}
