/** Sub-menus of `/interface` that hold interfaces; their names share one space, as do their ids. */
const FAMILY: ReadonlySet<string> = new Set(
  (
    '6to4 bonding bridge eoip eoipv6 ethernet gre gre6 ipip ipipv6 l2tp-client l2tp-ether l2tp-server lte macsec macvlan ' +
    'mesh ovpn-client ovpn-server ppp-client ppp-server pppoe-client pppoe-server pptp-client pptp-server pwr-line ' +
    'sstp-client sstp-server traffic-eng veth virtual-ethernet vlan vpls vrrp vxlan w60g wifi wifiwave2 wireguard ' +
    'wireless amt'
  )
    .split(' ')
    .concat('w60g station', 'wireless nstreme-dual', 'wireless wds'),
)

/** True for menus such as `/interface vlan` whose items are interfaces. */
export function isInterfaceMenu(path: string): boolean {
  if (path === '/zerotier interface' || path === '/caps-man interface') return true
  return path.startsWith('/interface ') && FAMILY.has(path.slice('/interface '.length))
}
