import { inNumberList, type NetworkState, type Row } from './network-state.js'

/** Where packets come out of layer 2: an interface with addresses, or nowhere. */
export type Ingress =
  | { readonly ok: true; readonly interface: string; readonly bridge?: string; readonly port?: string }
  | { readonly ok: false; readonly because: string }

const stop = (because: string): Ingress => ({ ok: false, because })

/** The enabled bridge port that an interface is, by itself or through an interface list. */
function bridgePort(net: NetworkState, name: string): Row | undefined {
  return net.rows('/interface bridge port').find((row) => {
    const member = row.get('interface') ?? ''
    return member === name || (net.interface(member) === undefined && net.listMembers(member).has(name))
  })
}

function vlanOn(net: NetworkState, parent: string, vlanId: number): Ingress {
  const vlan = net
    .rows('/interface vlan')
    .find((row) => row.get('interface') === parent && Number(row.get('vlan-id')) === vlanId)
  if (vlan === undefined) return stop(`/interface vlan: no VLAN ${vlanId} on ${parent}`)
  return { ok: true, interface: net.nameOf(vlan) }
}

interface Membership {
  readonly tagged: boolean
  readonly untagged: boolean
}

/** How a port, or the bridge itself, is a member of a VLAN by the static table. */
function membership(net: NetworkState, bridge: string, member: string, vlanId: number): Membership {
  let tagged = false
  let untagged = false
  for (const row of net.rows('/interface bridge vlan')) {
    if (row.get('bridge') !== bridge || !inNumberList(vlanId, row.get('vlan-ids') ?? '')) continue
    if ((row.get('tagged') ?? '').split(',').includes(member)) tagged = true
    if ((row.get('untagged') ?? '').split(',').includes(member)) untagged = true
  }
  return { tagged, untagged }
}

const ONLY_TAGGED = 'admit-only-vlan-tagged'

/** A frame through a bridge that filters VLANs, up to the bridge's own interface (facts 8.4). */
function throughVlanFilter(
  net: NetworkState,
  bridge: Row,
  port: Row,
  portName: string,
  tag: number | undefined,
): Ingress {
  const bridgeName = net.nameOf(bridge)
  const frameTypes = port.get('frame-types') ?? 'admit-all'
  const pvid = Number(port.get('pvid') ?? '1')
  const where = `/interface bridge port ${portName}`
  if (tag === undefined && frameTypes === ONLY_TAGGED)
    return stop(`${where}: untagged frames are not admitted`)
  if (tag !== undefined && frameTypes === 'admit-only-untagged-and-priority-tagged') {
    return stop(`${where}: tagged frames are not admitted`)
  }
  const vlanId = tag ?? pvid
  const ingressFiltering = port.get('ingress-filtering') ?? (net.major >= 7 ? 'yes' : 'no')
  if (ingressFiltering === 'yes') {
    const own = membership(net, bridgeName, portName, vlanId)
    const dynamic = vlanId === pvid && frameTypes !== ONLY_TAGGED
    if (!own.tagged && !own.untagged && !dynamic) return stop(`${where}: not a member of VLAN ${vlanId}`)
  }
  const cpu = membership(net, bridgeName, bridgeName, vlanId)
  if (cpu.tagged) return vlanOn(net, bridgeName, vlanId)
  const bridgePvid = Number(bridge.get('pvid') ?? '1')
  const admitsUntagged = bridge.get('frame-types') !== ONLY_TAGGED
  if ((vlanId === bridgePvid && admitsUntagged) || cpu.untagged) return { ok: true, interface: bridgeName }
  return stop(`/interface bridge vlan: ${bridgeName} is not a member of VLAN ${vlanId}`)
}

/**
 * Follows a frame from the interface it arrives by to the interface that holds addresses.
 *
 * @param name physical or layer-3 interface, by its name or its default name.
 */
export function ingressInterface(net: NetworkState, name: string, tag: number | undefined): Ingress {
  const row = net.interface(name)
  if (row === undefined) return stop(`/interface: no ${name}`)
  const ownName = net.nameOf(row)
  if (row.get('disabled') === 'yes') return stop(`/interface ${ownName}: disabled`)
  const bond = net
    .rows('/interface bonding')
    .find((bonding) => (bonding.get('slaves') ?? '').split(',').includes(ownName))
  if (bond !== undefined) return ingressInterface(net, net.nameOf(bond), tag)
  const port = bridgePort(net, ownName)
  if (port === undefined) {
    return tag === undefined ? { ok: true, interface: ownName } : vlanOn(net, ownName, tag)
  }
  const bridge = net.interface(port.get('bridge') ?? '')
  if (bridge === undefined) return stop(`/interface bridge port ${ownName}: its bridge is gone`)
  const bridgeName = net.nameOf(bridge)
  if (bridge.get('disabled') === 'yes') return stop(`/interface bridge ${bridgeName}: disabled`)
  let reached: Ingress
  if (bridge.get('vlan-filtering') === 'yes') reached = throughVlanFilter(net, bridge, port, ownName, tag)
  else reached = tag === undefined ? { ok: true, interface: bridgeName } : vlanOn(net, bridgeName, tag)
  return reached.ok ? { ...reached, bridge: bridgeName, port: ownName } : reached
}
