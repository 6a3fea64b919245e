import type { Change } from '../diff/change.js'
import type { StateItem } from '../diff/state-item.js'
import { isOn, textOf, turned } from './changed-property.js'
import { managementPorts } from './service-check.js'

const refusing = /^(drop|reject|tarpit)$/
/** What a rule can match besides how a packet came in: a refusal without any of it is for everything. */
const narrowing =
  /^(src|dst)-(address|port|mac)|^port$|^protocol$|interface|^connection-(state|mark|nat|type|limit)|^(packet|routing)-mark$|limit$|^layer7|^content$|^icmp|^tcp-flags$|^ipsec|^psd$|^time$/
const inert = /^(comment|log|log-prefix)$/

/** True for a change of what a rule does, not only of how it is labelled. */
function changesEffect(change: Change): boolean {
  return change.kind !== 'modified' || change.properties.some(({ name }) => !inert.test(name))
}

/** True for a rule that packets to the device may meet: a chain of one's own may be reached from `input`. */
function meetsDevice(item: StateItem): boolean {
  return !/^(forward|output|postrouting|srcnat)$/.test(textOf(item, 'chain'))
}

function matchersOf(item: StateItem): readonly (readonly [name: string, value: string])[] {
  return [...item.properties.values()]
    .filter((each) => each.state === 'set' && narrowing.test(each.name))
    .map(({ name, value }) => [name, value])
}

function refuses(item: StateItem): boolean {
  return isOn(item) && refusing.test(textOf(item, 'action')) && textOf(item, 'chain') !== 'forward'
}

function isBroadRefusal(item: StateItem): boolean {
  return (
    refuses(item) &&
    matchersOf(item).every(([name]) => /^(in-interface|in-interface-list|protocol)$/.test(name))
  )
}

/** True when the ports and the protocol of a rule are those by which devices are managed, or any. */
function coversManagement(item: StateItem): boolean {
  const protocol = textOf(item, 'protocol')
  if (protocol !== '' && protocol !== 'tcp' && protocol !== '6') return false
  const ports = textOf(item, 'dst-port') || textOf(item, 'port')
  if (ports === '') return textOf(item, 'src-port') === ''
  if (ports.startsWith('!')) return true
  return ports.split(',').some((range) => {
    const [first, last] = range.split('-').map(Number)
    return managementPorts.some((port) => port >= (first ?? 0) && port <= (last ?? first ?? 0))
  })
}

function refusesManagement(item: StateItem): boolean {
  if (!refuses(item) || !meetsDevice(item) || !coversManagement(item)) return false
  const state = textOf(item, 'connection-state')
  return state === '' || state.startsWith('!') || state.split(',').includes('new')
}

function letsIn(item: StateItem): boolean {
  return meetsDevice(item) && /^(accept)?$/.test(textOf(item, 'action'))
}

function matchText(item: StateItem): string {
  return matchersOf(item)
    .map((pair) => pair.join('='))
    .join(' ')
}

/** What a change of a filter or raw rule may break. */
export function filterWarning(change: Change, item: StateItem): string | undefined {
  if (!changesEffect(change)) return undefined
  return refusalWarning(change, item) ?? admissionWarning(change, item)
}

function refusalWarning(change: Change, item: StateItem): string | undefined {
  const chain = textOf(item, 'chain')
  if (isBroadRefusal(item)) {
    const refusal = `refuses whatever reaches it in chain ${chain}`
    if (change.kind === 'added') return `A new rule ${refusal}: connections to the device may be cut.`
    if (change.kind === 'moved')
      return `A rule that ${refusal} takes another place: rules that let you in may now stand behind it.`
    if (change.kind === 'modified')
      return `A rule that ${refusal} changes: connections to the device may be cut.`
    return `The rule that refuses what nothing else accepted in chain ${chain} goes: the device is open to what it stopped.`
  }
  if (!refusesManagement(item) || change.kind === 'removed') return undefined
  const refusal = `refuses connections to the device by which it is managed (${matchText(item)})`
  if (change.kind === 'added') return `A new rule ${refusal}.`
  return `A rule that ${refusal} ${change.kind === 'moved' ? 'takes another place' : 'changes'}.`
}

function admissionWarning(change: Change, item: StateItem): string | undefined {
  const isJump = textOf(item, 'action') === 'jump' && meetsDevice(item)
  if (!isJump && !letsIn(item)) return undefined
  const subject = isJump
    ? `jump to chain ${textOf(item, 'jump-target')}`
    : 'rule that lets connections in to the device'
  const advice = 'check that the way you come in by is still there.'
  if (change.kind === 'modified' && turned(change, 'disabled', 'no')?.[1] === 'yes')
    return `A ${subject} is switched off: ${advice}`
  if (!isOn(item)) return undefined
  if (change.kind === 'removed') return `A ${subject} goes: ${advice}`
  if (change.kind === 'moved') return `A ${subject} takes another place: ${advice}`
  const isOther =
    change.kind === 'modified' &&
    change.properties.some(({ name }) => narrowing.test(name) || name === 'jump-target')
  if (!isOther) return undefined
  return isJump
    ? `A ${subject} is made for others: ${advice}`
    : 'A rule that lets connections in to the device now lets in others: check the way you come in by.'
}

/** What a change of a NAT rule may break. */
export function natWarning(change: Change, item: StateItem): string | undefined {
  if (change.kind === 'removed' || !changesEffect(change) || !takesManagement(item)) return undefined
  const action = `${textOf(item, 'action')} ${matchText(item)}`.trim()
  const subject = change.kind === 'added' ? 'A new rule takes' : 'A rule that changes takes'
  return `${subject} connections by which the device is managed elsewhere (${action}).`
}

/** True for a rule of `dstnat` that connections to the services of the device may meet. */
export function takesManagement(item: StateItem): boolean {
  if (!isOn(item) || !/^(dst-nat|redirect|netmap|same)$/.test(textOf(item, 'action'))) return false
  return textOf(item, 'chain') !== 'srcnat' && coversManagement(item)
}

/** What a change of an entry means for the rules that guard the device. */
export function addressListWarning(
  change: Change,
  item: StateItem,
  guardsInput: (list: string) => boolean,
): string | undefined {
  const list = textOf(item, 'list')
  if (!changesEffect(change) || !guardsInput(list)) return undefined
  const verb = { added: 'comes', removed: 'goes', modified: 'changes', moved: 'moves' }[change.kind]
  if (verb === 'moves') return undefined
  return `Entry ${textOf(item, 'address')} of list ${list} ${verb}: rules for connections to the device use the list.`
}
