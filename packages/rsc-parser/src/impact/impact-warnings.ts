import type { Change, ModifiedChange } from '../diff/change.js'
import type { StateItem } from '../diff/state-item.js'
import type { RscDocument } from '../document/rsc-document.js'
import { displayText } from '../text/bytes.js'

/** A kind of change that people should hear of before it is made. */
interface Warning {
  readonly menu: RegExp
  /** The sentence for a change, without the place; undefined when it is none of this kind. */
  readonly says: (change: Change, item: StateItem) => string | undefined
}

/** What a change does to a property: value before and after, with the defaults of an absent side. */
function turned(
  change: Change,
  property: string,
  absent = '',
): readonly [before: string, after: string] | undefined {
  if (change.kind !== 'modified') return undefined
  const found = change.properties.find((each) => each.name === property)
  return found === undefined ? undefined : [found.before?.value ?? absent, found.after?.value ?? absent]
}

function text(item: StateItem, property: string): string {
  const found = item.properties.get(property)
  return found?.state === 'set' ? found.value : ''
}

function isOn(item: StateItem): boolean {
  return text(item, 'disabled') !== 'yes'
}

const refusing = /^(drop|reject|tarpit)$/
const narrowing =
  /^(src|dst)-(address|port|mac)|^port$|^protocol$|interface|^connection-(state|mark|nat|type|limit)|^(packet|routing)-mark$|limit$|^layer7|^content$|^icmp|^tcp-flags$|^ipsec|^psd$|^time$/

function letsIn(item: StateItem): boolean {
  return isOn(item) && text(item, 'chain') === 'input' && /^(accept)?$/.test(text(item, 'action'))
}

function isBroadRefusal(item: StateItem): boolean {
  if (!isOn(item) || !refusing.test(text(item, 'action')) || text(item, 'chain') === 'forward') return false
  const matchers = [...item.properties.values()].filter(
    (each) => each.state === 'set' && narrowing.test(each.name),
  )
  return matchers.every((each) => /^(in-interface|in-interface-list|protocol)$/.test(each.name))
}

const warnings: readonly Warning[] = [
  {
    menu: /^\/(ip|ipv6) firewall (filter|raw)$/,
    says: (change, item) => {
      const refusal = `refuses whatever reaches it in chain ${text(item, 'chain')}`
      if (change.kind === 'added' && isBroadRefusal(item))
        return `A new rule ${refusal}: connections to the device may be cut.`
      if (change.kind === 'moved' && isBroadRefusal(item))
        return `A rule that ${refusal} takes another place: rules that let you in may now stand behind it.`
      if (change.kind === 'modified' && isBroadRefusal(item))
        return `A rule that ${refusal} changes: connections to the device may be cut.`
      if (change.kind === 'removed' && isBroadRefusal(item))
        return `The rule that refuses what nothing else accepted in chain ${text(item, 'chain')} goes: the device is open to what it stopped.`
      if (
        change.kind === 'removed' &&
        isOn(item) &&
        text(item, 'chain') === 'input' &&
        /^(accept)?$/.test(text(item, 'action'))
      ) {
        return 'A rule that lets connections in to the device goes: check that the way you come in by is still there.'
      }
      if (
        change.kind === 'modified' &&
        letsIn(item) &&
        change.properties.some(({ name }) => narrowing.test(name))
      ) {
        return 'A rule that lets connections in to the device now lets in others: check the way you come in by.'
      }
      return undefined
    },
  },
  {
    menu: /^\/ip service$/,
    says: (change, item) => {
      const name = item.name ?? change.label
      if (turned(change, 'disabled', 'no')?.[1] === 'yes')
        return `Service ${name} is switched off: nobody can log in over it.`
      if (turned(change, 'port') !== undefined)
        return `Service ${name} listens on another port: clients that use the old one are refused.`
      if (turned(change, 'address') !== undefined)
        return `Service ${name} serves other source addresses than before.`
      if (turned(change, 'vrf') !== undefined) return `Service ${name} listens in another VRF.`
      if (turned(change, 'disabled', 'no')?.[1] === 'no' && /^(telnet|ftp|www|api)$/.test(name))
        return `Service ${name}, which sends passwords in clear text, is switched on.`
      return undefined
    },
  },
  {
    menu: /^\/(ip|ipv6) address$/,
    says: (change, item) => {
      const where = `${text(item, 'address')} on ${text(item, 'interface')}`
      if (change.kind === 'removed' && isOn(item))
        return `Address ${where} goes: whoever reaches the device by it is cut off.`
      if (turned(change, 'interface') !== undefined)
        return `Address ${text(item, 'address')} moves to interface ${text(item, 'interface')}.`
      if (turned(change, 'address') !== undefined || turned(change, 'disabled', 'no')?.[1] === 'yes')
        return `Address ${where} changes: whoever reaches the device by the old one is cut off.`
      return undefined
    },
  },
  {
    menu: /^\/(ip|ipv6) route$/,
    says: (change, item) => {
      const destination = text(item, 'dst-address')
      if (destination !== '' && !destination.endsWith('/0')) return undefined
      if (change.kind === 'moved' || isCommentOnly(change) || !isOn(item)) return undefined
      return `The default route changes (${change.kind}): managers on other networks may no longer get an answer.`
    },
  },
  {
    menu: /^\/interface (?!list|bridge (vlan|port|filter|nat)|wireless |ethernet )/,
    says: (change, item) => {
      const name = item.name ?? change.label
      if (change.kind === 'removed' && item.origin === 'added')
        return `Interface ${name} goes, with all that stands on it.`
      if (turned(change, 'disabled', 'no')?.[1] === 'yes') return `Interface ${name} is switched off.`
      if (turned(change, 'vlan-filtering', 'no') !== undefined)
        return `VLAN filtering of ${name} changes: without the management VLAN on the bridge and its ports the device cannot be reached.`
      if (turned(change, 'vlan-id') !== undefined) return `VLAN interface ${name} gets another VLAN id.`
      return undefined
    },
  },
  {
    menu: /^\/interface bridge (port|vlan)$/,
    says: (change) =>
      isCommentOnly(change)
        ? undefined
        : `Bridge membership changes (${change.label}): it decides which ports reach the device.`,
  },
  {
    menu: /^\/interface list( member)?$/,
    says: (change) =>
      isCommentOnly(change)
        ? undefined
        : `Interface list membership changes (${change.label}): firewall rules that use the list apply to other interfaces.`,
  },
  {
    menu: /^\/user( group)?$/,
    says: (change) =>
      isCommentOnly(change) ? undefined : `Accounts or their rights change (${change.label}).`,
  },
  {
    menu: /^\/ip dns$/,
    says: (change) =>
      turned(change, 'allow-remote-requests', 'no')?.[1] === 'yes'
        ? 'The device answers DNS requests of others: without a firewall rule it is an open resolver.'
        : undefined,
  },
  {
    menu: /^\/ip firewall connection tracking$/,
    says: (change) =>
      turned(change, 'enabled', 'auto')?.[1] === 'no'
        ? 'Connection tracking is switched off: rules that match the connection state, and NAT, stop working.'
        : undefined,
  },
  {
    menu: /^\/(ip vrf|routing rule|routing table|ip route rule)$/,
    says: (change) =>
      isCommentOnly(change)
        ? undefined
        : `Policy routing changes (${change.label}): answers may take another way.`,
  },
  {
    menu: /^\/system (scheduler|script)$/,
    says: (change, item) =>
      change.kind === 'added' && isOn(item)
        ? `A ${change.menu.split(' ')[1]} is added (${change.label}): it runs commands by itself.`
        : undefined,
  },
]

/** Sentences about what the changes may break, each with the line of the item it is about. */
export function impactWarnings(
  from: RscDocument,
  to: RscDocument,
  changes: readonly Change[],
): readonly string[] {
  const found: string[] = [...aboutDocuments(from, to)]
  for (const change of changes) {
    const side = change.kind === 'removed' ? from : to
    const item = change.kind === 'removed' ? change.from : (change.to ?? (change as ModifiedChange).from)
    if (item === undefined) continue
    for (const warning of warnings) {
      const sentence = warning.menu.test(change.menu) ? warning.says(change, item) : undefined
      if (sentence !== undefined) found.push(`${place(change, item, side)}: ${displayText(sentence)}`)
    }
  }
  return [...new Set(found)]
}

function place(change: Change, item: StateItem, side: RscDocument): string {
  const isStated = change.kind !== 'modified' || change.to !== undefined
  const which = change.kind === 'removed' || !isStated ? 'current' : 'target'
  const { range } = item.item
  const line = range.end === range.start ? '' : ` line ${side.source.position(range.start).line}`
  return `${change.menu} (${which}${line})`
}

function isCommentOnly(change: Change): boolean {
  return change.kind === 'modified' && change.properties.every(({ name }) => name === 'comment')
}

function aboutDocuments(from: RscDocument, to: RscDocument): readonly string[] {
  const found: string[] = []
  if (to.interrupted || to.problems.some((problem) => problem.code === 'truncated-export')) {
    found.push('The target is not complete: what it leaves out would be removed.')
  }
  if (from.header.majorIsStated && to.header.majorIsStated && from.header.major !== to.header.major) {
    found.push(
      `The target is of RouterOS ${to.header.major}, the current configuration of ${from.header.major}: menus differ.`,
    )
  }
  if (
    from.header.model !== undefined &&
    to.header.model !== undefined &&
    from.header.model !== to.header.model
  ) {
    found.push(
      `The target is of another model (${to.header.model} instead of ${from.header.model}): ports may differ.`,
    )
  }
  return found
}
