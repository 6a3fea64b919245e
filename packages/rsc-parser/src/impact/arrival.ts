import { type DeviceView, isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'
import type { DeviceInterface, InterfaceTable } from './interface-table.js'

/**
 * Where packets come in, in terms that outlive a change of configuration: a port by its lasting identity and the
 * VLAN tag on the wire, or an interface that has no wire.
 */
export interface Attachment {
  readonly key: string
  /** VLAN id of tagged frames; absent for untagged ones. */
  readonly tag?: number
  /** For a link that is dialled over Ethernet: where the frames that carry it come in. */
  readonly below?: readonly Attachment[]
}

/** Which interface packets of an attachment appear on, for one document. */
export interface Arrival {
  /** The interface that carries the packets; absent when they are dropped. */
  readonly interfaceName?: string
  /** The bridge port they came in by, if any. */
  readonly bridgePort?: string
  /** What decided, as a sentence. */
  readonly because: string
  readonly item?: ViewItem
  /** A fact that decides and that the export does not tell: the packets arrive only if it holds. */
  readonly onlyIf?: string
}

/** Key of an attachment that stands for no wire at all: a bridge without ports, and what is on it. */
const noWire = 'no port of '

/** Text of an attachment for people: `ether2`, `ether2 tagged 10`. */
export function attachmentText(attachment: Attachment): string {
  return attachment.tag === undefined ? attachment.key : `${attachment.key} tagged ${attachment.tag}`
}

/** Finds the interface on which packets of an attachment appear. */
export function arrivalOf(attachment: Attachment, view: DeviceView, interfaces: InterfaceTable): Arrival {
  const port = interfaces.byKey(attachment.key)
  if (port === undefined && attachment.key.startsWith(noWire)) {
    return { because: `no port leads to ${attachment.key.slice(noWire.length)}` }
  }
  if (port === undefined) return { because: `there is no interface ${attachment.key}` }
  const arrival = arriveAt(port, attachment.tag, view, interfaces, 0)
  if (attachment.below === undefined || arrival.interfaceName === undefined) return arrival
  return carriedBy(attachment.below, port, arrival, view, interfaces)
}

/** A dialled link works while the frames that carry it still reach the interface it is dialled over. */
function carriedBy(
  below: readonly Attachment[],
  port: DeviceInterface,
  arrival: Arrival,
  view: DeviceView,
  interfaces: InterfaceTable,
): Arrival {
  const lower = interfaces.lowerOf(port.name)
  const carriers = below.map((each) => arrivalOf(each, view, interfaces))
  const good = carriers.filter((each) => each.interfaceName === lower)
  if (good.length === carriers.length) return arrival
  const lost = carriers.find((each) => each.interfaceName !== lower)
  const because = `what carries ${port.name} does not reach ${lower ?? 'it'}: ${lost?.because ?? ''}`
  if (good.length === 0) return dropped(because, lost?.item ?? port.item)
  return { ...arrival, onlyIf: `the other end of ${port.key} is on a wire that still reaches ${lower}` }
}

function arriveAt(
  port: DeviceInterface,
  tag: number | undefined,
  view: DeviceView,
  interfaces: InterfaceTable,
  depth: number,
): Arrival {
  const down = interfaces.whyDown(port.name)
  if (down !== undefined) return dropped(down, port.item)
  const master = depth > 4 ? undefined : interfaces.masterOf(port.name)
  if (master === undefined) return onInterface(port, tag, interfaces)
  const owner = interfaces.get(master.name)
  if (owner === undefined)
    return dropped(`${master.kind} ${master.name} of ${port.name} does not exist`, master.port)
  if (master.kind !== 'bridge') return arriveAt(owner, tag, view, interfaces, depth + 1)
  if (!owner.enabled) return dropped(`bridge ${owner.name} is disabled`, owner.item)
  const arrival =
    propertyOf(owner.item, 'vlan-filtering', 'no') === 'yes'
      ? throughVlanTable(port, owner, master.port, tag, view, interfaces)
      : onInterface(owner, tag, interfaces)
  return { ...arrival, bridgePort: port.name }
}

function onInterface(carrier: DeviceInterface, tag: number | undefined, interfaces: InterfaceTable): Arrival {
  if (tag === undefined) {
    return {
      interfaceName: carrier.name,
      because: `packets come in by ${carrier.name}`,
      ...itemOf(carrier.item),
    }
  }
  const vlan = interfaces.vlansOn(carrier.name, tag).find((each) => each.enabled)
  if (vlan === undefined) return dropped(`no enabled VLAN interface ${tag} on ${carrier.name}`, carrier.item)
  const master = interfaces.masterOf(vlan.name)
  if (master?.kind === 'bridge') {
    const bridge = interfaces.get(master.name)
    if (bridge?.enabled === true && propertyOf(bridge.item, 'vlan-filtering', 'no') !== 'yes') {
      return {
        interfaceName: bridge.name,
        bridgePort: vlan.name,
        because: `VLAN ${vlan.name} is a port of ${bridge.name}`,
      }
    }
    return { ...dropped(`VLAN ${vlan.name} is a port of ${master.name}`, master.port) }
  }
  return { interfaceName: vlan.name, because: `packets come in by ${vlan.name}`, ...itemOf(vlan.item) }
}

function throughVlanTable(
  port: DeviceInterface,
  bridge: DeviceInterface,
  portItem: ViewItem | undefined,
  tag: number | undefined,
  view: DeviceView,
  interfaces: InterfaceTable,
): Arrival {
  const frameTypes = propertyOf(portItem, 'frame-types', 'admit-all')
  if (tag === undefined && frameTypes === 'admit-only-vlan-tagged') {
    return dropped(`port ${port.name} admits tagged frames only`, portItem)
  }
  if (tag !== undefined && frameTypes === 'admit-only-untagged-and-priority-tagged') {
    return dropped(`port ${port.name} admits untagged frames only`, portItem)
  }
  const pvid = Number(propertyOf(portItem, 'pvid', '1'))
  const vlanId = tag ?? pvid
  const table = vlanMembership(bridge.name, vlanId, view)
  const isTagged = table.tagged.has(port.name)
  const isUntagged =
    table.untagged.has(port.name) || (!isTagged && pvid === vlanId && frameTypes !== 'admit-only-vlan-tagged')
  if (!isTagged && !isUntagged) {
    return dropped(`port ${port.name} is no member of VLAN ${vlanId} on ${bridge.name}`, portItem)
  }
  if (tag === undefined && isTagged && !table.untagged.has(port.name)) {
    return dropped(
      `replies in VLAN ${vlanId} leave ${port.name} tagged, packets come in untagged`,
      table.item,
    )
  }
  if (tag !== undefined && !isTagged) {
    return dropped(
      `replies in VLAN ${vlanId} leave ${port.name} untagged, packets come in tagged`,
      table.item,
    )
  }
  return toBridgeItself(bridge, vlanId, table, view, interfaces)
}

function toBridgeItself(
  bridge: DeviceInterface,
  vlanId: number,
  table: VlanMembership,
  view: DeviceView,
  interfaces: InterfaceTable,
): Arrival {
  const pvid = Number(propertyOf(bridge.item, 'pvid', '1'))
  const frameTypes = propertyOf(bridge.item, 'frame-types', 'admit-all')
  if (table.tagged.has(bridge.name)) return onInterface(bridge, vlanId, interfaces)
  const isUntagged =
    table.untagged.has(bridge.name) || (pvid === vlanId && frameTypes !== 'admit-only-vlan-tagged')
  if (isUntagged) return onInterface(bridge, undefined, interfaces)
  const refusal = `${bridge.name} itself is no member of VLAN ${vlanId}`
  // Assumption: from 7.16 on a VLAN interface may make its bridge a tagged member without a line in the export.
  if (view.release >= 7016 && interfaces.vlansOn(bridge.name, vlanId).length > 0) {
    const arrival = onInterface(bridge, vlanId, interfaces)
    return { ...arrival, onlyIf: `${bridge.name} is a member of VLAN ${vlanId} by its VLAN interface` }
  }
  return dropped(refusal, table.item ?? bridge.item)
}

interface VlanMembership {
  readonly tagged: ReadonlySet<string>
  readonly untagged: ReadonlySet<string>
  readonly item: ViewItem | undefined
}

function vlanMembership(bridge: string, vlanId: number, view: DeviceView): VlanMembership {
  const tagged = new Set<string>()
  const untagged = new Set<string>()
  let item: ViewItem | undefined
  for (const each of view.items('/interface bridge vlan')) {
    if (
      !isEnabled(each) ||
      propertyOf(each, 'bridge') !== bridge ||
      !coversVlan(propertyOf(each, 'vlan-ids'), vlanId)
    )
      continue
    for (const name of listOf(propertyOf(each, 'tagged'))) tagged.add(name)
    for (const name of listOf(propertyOf(each, 'untagged'))) untagged.add(name)
    item = each
  }
  return { tagged, untagged, item }
}

/** True when a list such as `10,20-30` holds the VLAN id. */
export function coversVlan(vlanIds: string, vlanId: number): boolean {
  return listOf(vlanIds).some((element) => {
    const [first, last] = element.split('-')
    return Number(first) <= vlanId && vlanId <= Number(last ?? first)
  })
}

function dropped(because: string, item: ViewItem | undefined): Arrival {
  return { because, ...itemOf(item) }
}

function itemOf(item: ViewItem | undefined): { item?: ViewItem } {
  return item === undefined ? {} : { item }
}

/** The attachments whose packets appear on an interface; several for a bridge. */
export function attachmentsOf(
  name: string,
  view: DeviceView,
  interfaces: InterfaceTable,
): readonly Attachment[] {
  const carrier = interfaces.get(name)
  if (carrier === undefined) return [{ key: name }]
  const lower = carrier.kind === 'pppoe-client' ? interfaces.lowerOf(name) : undefined
  if (lower !== undefined) return [{ key: carrier.key, below: attachmentsOf(lower, view, interfaces) }]
  const possible = candidates(carrier, interfaces)
  const arriving = possible.filter((each) => arrivalOf(each, view, interfaces).interfaceName === name)
  if (arriving.length > 0) return arriving
  // Wireless clients, tunnels and the like appear on the interface itself; wires that do not lead here say so.
  if (mayGainPorts(carrier, view)) return [{ key: carrier.key }]
  if (possible.length > 0) return possible
  const isOnBridge =
    carrier.kind === 'bridge' || interfaces.get(propertyOf(carrier.item, 'interface'))?.kind === 'bridge'
  return [{ key: isOnBridge ? `${noWire}${name}` : carrier.key }]
}

function candidates(carrier: DeviceInterface, interfaces: InterfaceTable): readonly Attachment[] {
  if (carrier.kind !== 'vlan') {
    const tag = carrier.kind === 'bridge' ? Number(propertyOf(carrier.item, 'pvid', '1')) : undefined
    return wiresOf(carrier, interfaces).flatMap((key) => [
      { key },
      ...(tag === undefined ? [] : [{ key, tag }]),
    ])
  }
  const tag = Number(propertyOf(carrier.item, 'vlan-id', '1'))
  const parent = interfaces.get(propertyOf(carrier.item, 'interface'))
  if (parent === undefined) return []
  return wiresOf(parent, interfaces).flatMap((key) => [{ key, tag }, { key }])
}

function wiresOf(carrier: DeviceInterface, interfaces: InterfaceTable): readonly string[] {
  if (carrier.kind === 'bridge') {
    return interfaces.portsOf(carrier.name).flatMap((port) => {
      const found = interfaces.get(port)
      return found === undefined ? [] : found.kind === 'bonding' ? wiresOf(found, interfaces) : [found.key]
    })
  }
  if (carrier.kind === 'bonding') {
    const slaves = interfaces.slavesOf(carrier.name)
    return slaves.flatMap((slave) => interfaces.get(slave)?.key ?? [])
  }
  return [carrier.key]
}

/** True when the device may add ports to a bridge by itself: radios, virtual access points, dialled links. */
export function mayGainPorts(carrier: DeviceInterface, view: DeviceView): boolean {
  const bridge = carrier.kind === 'vlan' ? propertyOf(carrier.item, 'interface') : carrier.name
  return view.menus.some(
    (menu) =>
      /^\/interface (wifi|wifiwave2|wireless)|^\/caps-man|^\/ppp profile$/.test(menu) &&
      view
        .items(menu)
        .some((item) =>
          [...item.values].some(([name, value]) => name.includes('bridge') && value === bridge),
        ),
  )
}
