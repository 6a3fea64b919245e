import type { Change, ModifiedChange } from '../diff/change.js'
import type { StateItem } from '../diff/state-item.js'
import type { RscDocument } from '../document/rsc-document.js'
import { displayText } from '../text/bytes.js'
import type { RiskContext } from './change-risk.js'
import { isOn, textOf, turned } from './changed-property.js'
import { addressListWarning, filterWarning, natWarning } from './firewall-warnings.js'

/** A kind of change that people should hear of before it is made. */
interface Warning {
  readonly menu: RegExp
  /** The sentence for a change, without the place; undefined when it is none of this kind. */
  readonly says: (change: Change, item: StateItem, context: RiskContext) => string | undefined
}

const warnings: readonly Warning[] = [
  {
    menu: /^\/(ip|ipv6) firewall (filter|raw)$/,
    says: filterWarning,
  },
  { menu: /^\/(ip|ipv6) firewall nat$/, says: natWarning },
  {
    menu: /^\/(ip|ipv6) firewall address-list$/,
    says: (change, item, context) => addressListWarning(change, item, context.guardsInput),
  },
  {
    menu: /^\/ip service$/,
    says: (change, item) => {
      const name = item.name ?? change.label
      if (turned(change, 'disabled', 'no')?.[1] === 'yes')
        return `Service ${name} is switched off: nobody can log in over it.`
      if (turned(change, 'port') !== undefined)
        return `Service ${name} listens on another port: clients that use the old one are refused.`
      const clients = turned(change, 'address')
      if (clients !== undefined && !isSameSet(...clients)) {
        return clients[1] === ''
          ? `Service ${name} serves all source addresses.`
          : `Service ${name} serves other source addresses than before.`
      }
      if (turned(change, 'vrf') !== undefined) return `Service ${name} listens in another VRF.`
      if (turned(change, 'disabled', 'no')?.[1] === 'no' && /^(telnet|ftp|www|api)$/.test(name))
        return `Service ${name}, which sends passwords in clear text, is switched on.`
      return undefined
    },
  },
  {
    menu: /^\/(ip|ipv6) address$/,
    says: (change, item) => {
      const where = `${textOf(item, 'address')} on ${textOf(item, 'interface')}`
      if (change.kind === 'removed' && isOn(item))
        return `Address ${where} goes: whoever reaches the device by it is cut off.`
      if (turned(change, 'interface') !== undefined)
        return `Address ${textOf(item, 'address')} moves to interface ${textOf(item, 'interface')}.`
      const moved = turned(change, 'address')?.map((each) => each.split('/')[0])
      if (moved !== undefined && moved[0] === moved[1])
        return `The network of address ${where} is another one: who is on it changes.`
      if (moved !== undefined || turned(change, 'disabled', 'no')?.[1] === 'yes')
        return `Address ${where} changes: whoever reaches the device by the old one is cut off.`
      return undefined
    },
  },
  {
    menu: /^\/(ip|ipv6) route$/,
    says: (change, item) => {
      const destination = textOf(item, 'dst-address')
      if (destination !== '' && !destination.endsWith('/0')) return undefined
      const isSwitchedOff = turned(change, 'disabled', 'no')?.[1] === 'yes'
      if (change.kind === 'moved' || isCommentOnly(change) || (!isOn(item) && !isSwitchedOff))
        return undefined
      return `The default route changes (${change.kind}): managers on other networks may no longer get an answer.`
    },
  },
  {
    menu: /^\/interface (?!list$|detect-internet$)[a-z0-9-]+$/,
    says: (change, item) => {
      const name = item.name ?? change.label
      if (change.kind === 'removed' && item.origin === 'added')
        return `Interface ${name} goes, with all that stands on it.`
      if (turned(change, 'disabled', 'no')?.[1] === 'yes') return `Interface ${name} is switched off.`
      if (turned(change, 'vlan-filtering', 'no') !== undefined)
        return `VLAN filtering of ${name} changes: without the management VLAN on the bridge and its ports the device cannot be reached.`
      if (/^(reply-only|disabled)$/.test(turned(change, 'arp')?.[1] ?? ''))
        return `Interface ${name} resolves listed hosts only: others cannot reach the device by it.`
      if (turned(change, 'vlan-id') !== undefined) return `VLAN interface ${name} gets another VLAN id.`
      return undefined
    },
  },
  {
    menu: /^\/interface wireguard peers$/,
    says: (change, item) => {
      const peer = `WireGuard peer ${textOf(item, 'name') || textOf(item, 'comment') || textOf(item, 'allowed-address')} of ${textOf(item, 'interface')}`
      if (change.kind === 'removed') return `${peer} goes: whoever comes in by it is cut off.`
      if (turned(change, 'disabled', 'no')?.[1] === 'yes') return `${peer} is switched off.`
      const isOther = ['allowed-address', 'public-key', 'interface', 'preshared-key'].some(
        (name) => turned(change, name) !== undefined,
      )
      return isOther ? `${peer} changes: whoever comes in by it may be cut off.` : undefined
    },
  },
  {
    menu: /^\/(ip|ipv6) dhcp-client$/,
    says: (change, item) => {
      const client = `The DHCP client on ${textOf(item, 'interface')}`
      if (change.kind === 'removed' && isOn(item))
        return `${client} goes, and the address and route that it brought.`
      if (turned(change, 'disabled', 'no')?.[1] === 'yes') return `${client} is switched off.`
      if (turned(change, 'interface') !== undefined) return `${client} was on another interface.`
      if (turned(change, 'add-default-route', 'yes') !== undefined)
        return `${client} brings another default route, or none.`
      return undefined
    },
  },
  {
    menu: /^\/ip hotspot$/,
    says: (change, item) =>
      change.kind === 'added' && isOn(item)
        ? `A hotspot on ${textOf(item, 'interface')} is added: hosts there must log in to it first.`
        : undefined,
  },
  {
    menu: /^\/(ip|ipv6) settings$/,
    says: (change) => {
      if (turned(change, 'rp-filter', 'no')?.[1] === 'strict')
        return 'rp-filter gets strict: packets whose answer would leave by another interface are dropped.'
      if (turned(change, 'disable-ipv6', 'no')?.[1] === 'yes')
        return 'IPv6 is switched off: nobody reaches the device by it.'
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
  context: RiskContext,
): readonly string[] {
  const found: string[] = [...aboutDocuments(from, to)]
  for (const change of changes) {
    const side = change.kind === 'removed' ? from : to
    const item = change.kind === 'removed' ? change.from : (change.to ?? (change as ModifiedChange).from)
    if (item === undefined) continue
    for (const warning of warnings) {
      const sentence = warning.menu.test(change.menu) ? warning.says(change, item, context) : undefined
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

/** True for two comma lists with the same elements. */
function isSameSet(a: string, b: string): boolean {
  return a.split(',').sort().join() === b.split(',').sort().join()
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
