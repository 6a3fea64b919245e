import { NEVER } from './condition-space.js'
import type { DeviceModel } from './device-model.js'
import { formatIpAddress, type IpPrefix, parseIpPrefix, prefixRange } from './ip-range.js'
import type { ReadPath } from './packet-factory.js'
import type { PathUse } from './path-use.js'
import { type TunnelFlow, tunnelFlows } from './tunnel-flows.js'

/** The name of a tunnel and one way that the packets it consists of may take. */
export interface TunnelPath {
  readonly name: string
  readonly read: ReadPath
}

/** Stands for an address that the device is given and no text states. */
const givenAddress = '0.0.0.0'

/**
 * The ways by which packets of the tunnels on a path may come: from the other end to each address of this device on
 * an interface that leads out, or to one that it is given.
 * @param modelOf the device for one address family.
 */
export function tunnelPaths(modelOf: (family: 4 | 6) => DeviceModel, use: PathUse): readonly TunnelPath[] {
  const { view, interfaces } = modelOf(4)
  const paths: TunnelPath[] = []
  for (const flow of tunnelFlows(view, interfaces, use)) {
    const prefix = parseIpPrefix(flow.remote)
    if (prefix === undefined) continue
    for (const local of localEnds(modelOf(prefix.family), flow)) paths.push(pathOf(flow, prefix, local))
  }
  return paths
}

function localEnds(model: DeviceModel, flow: TunnelFlow): readonly string[] {
  if (flow.local !== undefined) return [flow.local]
  const outside = model.addresses.filter((each) => each.active !== NEVER && each.interfaceName !== flow.name)
  const leadsOut = outside.filter((each) =>
    model.routes.some((route) => route.kind === 'gateway' && route.interfaceName === each.interfaceName),
  )
  const stated = (leadsOut.length > 0 ? leadsOut : outside).map((each) =>
    formatIpAddress(each.family, each.address),
  )
  const isGiven = model.family === 4 && model.addressSources.some((each) => each.interfaceName !== flow.name)
  return [...stated, ...(isGiven ? [givenAddress] : [])]
}

function pathOf(flow: TunnelFlow, prefix: IpPrefix, local: string): TunnelPath {
  const destination = prefixRange(parseIpPrefix(local) ?? prefix)
  const path = { source: flow.remote, destination: local, port: flow.port }
  const tunnel = { protocol: flow.protocol, opens: flow.opens }
  return {
    name: flow.name,
    read: {
      path,
      prefix,
      source: prefixRange(prefix),
      destination,
      protocol: 'udp',
      port: flow.port,
      tunnel,
    },
  }
}
