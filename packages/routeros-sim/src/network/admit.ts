import type { AdmitVerdict, ConnectionFacts } from '../engine.js'
import type { RouterConfig } from '../state/router-config.js'
import { isInPrefix, parseAddress } from './address.js'
import { ingressInterface } from './ingress.js'
import { NetworkState, type Row } from './network-state.js'
import type { Packet } from './packet.js'
import { dynamicUplinks, localAddresses, returnRoute } from './return-route.js'
import { type ChainVerdict, walkChain } from './walk-chain.js'

const drop = (because: string): AdmitVerdict => ({ verdict: 'drop', because })
const reset = (because: string): AdmitVerdict => ({ verdict: 'reset', because })

/** The service that listens on a port, if it is on. */
function serviceOn(net: NetworkState, port: number): Row | undefined {
  return net.rows('/ip service').find((row) => Number(row.get('port')) === port)
}

/** Checks the service itself: on, allowed for the source, in the packet's VRF. */
function admitByService(
  net: NetworkState,
  port: number,
  source: string | undefined,
  ingress: string | undefined,
): AdmitVerdict {
  const service = serviceOn(net, port)
  if (service === undefined) return reset(`/ip service: nothing listens on port ${port}`)
  const name = net.nameOf(service)
  const allowed = [service.get('address'), service.get('available-from')].filter(
    (list): list is string => list !== undefined && list !== '',
  )
  for (const list of allowed) {
    if (source !== undefined && !list.split(',').some((prefix) => isInPrefix(source, prefix))) {
      return reset(`/ip service ${name}: ${source} is not among its addresses`)
    }
  }
  if (ingress !== undefined && net.major >= 7) {
    const wanted = service.get('vrf') ?? 'main'
    const vrf = net.rows('/ip vrf').find((row) => (row.get('interfaces') ?? '').split(',').includes(ingress))
    const actual = vrf === undefined ? 'main' : net.nameOf(vrf)
    if (wanted !== actual) return reset(`/ip service ${name}: listens in VRF ${wanted}, not in ${actual}`)
  }
  return { verdict: 'accept', because: `/ip service ${name}` }
}

/**
 * The router's address that a client behind an interface would aim at in this configuration; undefined when there is
 * none that is known.
 */
export function addressFor(
  config: RouterConfig,
  major: number,
  connection: Pick<ConnectionFacts, 'sourceAddress' | 'ingressInterface' | 'vlanId'>,
): string | undefined {
  const net = new NetworkState(config, major)
  const source = parseAddress(connection.sourceAddress ?? '')
  if (source === undefined || connection.ingressInterface === undefined) return undefined
  const ingress = ingressInterface(net, connection.ingressInterface, connection.vlanId)
  if (!ingress.ok) return undefined
  return localAddresses(net, source.family).find((own) => own.interface === ingress.interface)?.address
}

/** True when connections are tracked: `auto` waits for the first rule that needs it. */
function isTracking(net: NetworkState, family: 4 | 6): boolean {
  const enabled = net.setting('/ip firewall connection tracking', 'enabled') ?? 'auto'
  if (enabled !== 'auto') return enabled === 'yes'
  const menus =
    family === 4
      ? ['/ip firewall filter', '/ip firewall nat']
      : ['/ipv6 firewall filter', '/ipv6 firewall nat']
  return menus.some((path) => net.rows(path).length > 0)
}

/** The router's address that the client calls, as far as it can be known. */
function destinationOf(
  net: NetworkState,
  family: 4 | 6,
  given: string | undefined,
  ingress: string,
):
  | { readonly ok: true; readonly address: string | undefined }
  | { readonly ok: false; readonly because: string } {
  const local = localAddresses(net, family)
  if (given !== undefined) {
    const byDhcp = dynamicUplinks(net, family).some((uplink) => uplink.interface === ingress)
    if (byDhcp || local.some((own) => own.address === given)) {
      return { ok: true, address: given }
    }
    return {
      ok: false,
      because: `${family === 4 ? '/ip' : '/ipv6'} address: ${given} is not an address of the router`,
    }
  }
  const own = local.find((one) => one.interface === ingress)
  if (own !== undefined) return { ok: true, address: own.address }
  if (dynamicUplinks(net, family).some((uplink) => uplink.interface === ingress))
    return { ok: true, address: undefined }
  if (local[0] !== undefined) return { ok: true, address: local[0].address }
  if (dynamicUplinks(net, family).length > 0) return { ok: true, address: undefined }
  return { ok: false, because: `${family === 4 ? '/ip' : '/ipv6'} address: the router has no usable address` }
}

function refusal(verdict: ChainVerdict): AdmitVerdict | undefined {
  if (verdict.action === 'drop') return drop(verdict.because)
  if (verdict.action === 'reset') return reset(verdict.because)
  return undefined
}

/**
 * Whether packets of a connection to the router itself get in, by the present configuration: interface and bridge,
 * raw, tracking, dstnat, filter input, service; and whether the answer gets out: route, filter output (facts 8).
 */
export function admit(config: RouterConfig, major: number, connection: ConnectionFacts): AdmitVerdict {
  const net = new NetworkState(config, major)
  const { sourceAddress, ingressInterface: arrival, state, destinationPort } = connection
  const source = sourceAddress === undefined ? undefined : parseAddress(sourceAddress)
  if (sourceAddress === undefined || source === undefined || arrival === undefined) {
    if (state === 'established') return { verdict: 'accept', because: 'established' }
    return admitByService(net, destinationPort, sourceAddress, undefined)
  }
  const { family } = source
  if (family === 6 && net.setting('/ipv6 settings', 'disable-ipv6') === 'yes')
    return drop('/ipv6 settings: disabled')
  const ingress = ingressInterface(net, arrival, connection.vlanId)
  if (!ingress.ok) return drop(ingress.because)
  const destination = destinationOf(net, family, connection.destinationAddress, ingress.interface)
  if (!destination.ok) return drop(destination.because)
  const ip = family === 4 ? '/ip' : '/ipv6'
  let packet: Packet = {
    family,
    source: sourceAddress,
    destination: destination.address,
    sourcePort: 40_000,
    destinationPort,
    inInterface: ingress.interface,
    outInterface: undefined,
    state: undefined,
    flags: new Set(state === 'new' ? ['syn'] : ['ack']),
  }
  const raw = walkChain(net, `${ip} firewall raw`, 'prerouting', packet)
  const byRaw = refusal(raw)
  if (byRaw !== undefined) return byRaw
  const tracking = isTracking(net, family)
  if (tracking) packet = { ...packet, state: raw.action === 'notrack' ? 'untracked' : state }
  if (tracking && state === 'new') {
    const nat = walkChain(net, `${ip} firewall nat`, 'dstnat', packet)
    if (nat.action === 'nat') {
      const toPort = Number(nat.rule?.get('to-ports') ?? destinationPort)
      const isLocal = nat.rule?.get('action') === 'redirect'
      if (!isLocal) return drop(`${nat.because}: sent on to ${nat.rule?.get('to-addresses') ?? 'elsewhere'}`)
      packet = { ...packet, destinationPort: toPort, natState: 'dstnat' }
    }
  }
  const back = returnRoute(net, family, sourceAddress)
  const rpFilter = net.setting('/ip settings', 'rp-filter') ?? 'no'
  if (family === 4 && rpFilter !== 'no') {
    if (!back.ok) return drop(`/ip settings rp-filter=${rpFilter}: ${back.because}`)
    const elsewhere = back.interface !== undefined && back.interface !== ingress.interface
    if (rpFilter === 'strict' && elsewhere)
      return drop('/ip settings rp-filter=strict: the route back is another')
  }
  const byInput = refusal(walkChain(net, `${ip} firewall filter`, 'input', packet))
  if (byInput !== undefined) return byInput
  if (!back.ok) return drop(back.because)
  const answer: Packet = {
    ...packet,
    source: packet.destination ?? '0.0.0.0',
    destination: packet.source,
    sourcePort: packet.destinationPort,
    destinationPort: packet.sourcePort,
    inInterface: undefined,
    outInterface: back.interface,
    state: tracking ? 'established' : undefined,
    flags: new Set(['syn', 'ack']),
  }
  const byOutput = refusal(walkChain(net, `${ip} firewall filter`, 'output', answer))
  if (byOutput !== undefined) return drop(byOutput.because)
  if (state === 'established') return { verdict: 'accept', because: 'established' }
  return admitByService(net, packet.destinationPort ?? destinationPort, sourceAddress, ingress.interface)
}
