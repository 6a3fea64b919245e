import { isInPrefix } from './address.js'
import type { NetworkState } from './network-state.js'

/** A TCP packet to the router, or its answer, as rules see it. */
export interface Packet {
  readonly family: 4 | 6
  readonly source: string
  /** Absent when the router's own address is not known (it came by DHCP). */
  readonly destination: string | undefined
  readonly sourcePort: number | undefined
  readonly destinationPort: number | undefined
  readonly inInterface: string | undefined
  readonly outInterface: string | undefined
  /** Absent when connections are not tracked. */
  readonly state: 'new' | 'established' | 'untracked' | undefined
  /** Flags of the packet: `syn` for a new connection. */
  readonly flags: ReadonlySet<string>
  readonly natState?: 'dstnat'
}

/** True when an address is on a list: static entries now; a missing list is empty. */
export function onAddressList(net: NetworkState, family: 4 | 6, list: string, address: string): boolean {
  const path = family === 4 ? '/ip firewall address-list' : '/ipv6 firewall address-list'
  return net
    .rows(path)
    .some((row) => row.get('list') === list && isInPrefix(address, row.get('address') ?? ''))
}
