import type { LockoutVerdict, ManagementPath, PathVerdict } from '@tod/rsc-parser'

/** A small office: bridge with three ports, uplink with a fixed address, the usual firewall. */
export const office = `# 2025-01-01 00:00:00 by RouterOS 7.15.2
# software id = AAAA-0000
#
# model = RB5009
/interface bridge
add name=bridge
/interface list
add name=LAN
add name=WAN
/interface bridge port
add bridge=bridge interface=ether2
add bridge=bridge interface=ether3
add bridge=bridge interface=ether4
/interface list member
add interface=bridge list=LAN
add interface=ether1 list=WAN
/ip address
add address=192.0.2.1/24 interface=bridge
add address=198.51.100.2/24 interface=ether1
/ip firewall address-list
add address=203.0.113.0/28 list=admins
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input connection-state=invalid
add action=accept chain=input protocol=icmp
add action=accept chain=input dst-port=22 protocol=tcp src-address-list=admins
add action=drop chain=input in-interface-list=!LAN
/ip route
add gateway=198.51.100.1
/ip service
set telnet disabled=yes
`

/** The same office with tagged management: VLAN 99 on the bridge, a trunk on ether2, an access port on ether3. */
const trunked = `# 2025-01-01 00:00:00 by RouterOS 7.15.2
/interface bridge
add name=bridge vlan-filtering=yes
/interface vlan
add interface=bridge name=mgmt vlan-id=99
/interface bridge port
add bridge=bridge interface=ether2
add bridge=bridge interface=ether3 pvid=99
/interface bridge vlan
add bridge=bridge tagged=bridge,ether2 vlan-ids=99
/ip address
add address=192.0.2.1/24 interface=mgmt
`

/** An office over IPv6. */
const office6 = `# 2025-01-01 00:00:00 by RouterOS 7.15.2
/interface bridge
add name=bridge
/interface bridge port
add bridge=bridge interface=ether2
/ipv6 address
add address=2001:db8:1::1/64 interface=bridge
/ipv6 firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=accept chain=input protocol=icmpv6
add action=accept chain=input dst-port=22 protocol=tcp src-address=2001:db8:1::/64
add action=drop chain=input
`

export const fromLan: ManagementPath = { source: '192.0.2.50', destination: '192.0.2.1' }
export const fromAfar: ManagementPath = { source: '203.0.113.5', destination: '198.51.100.2' }
const over6: ManagementPath = { source: '2001:db8:1::50', destination: '2001:db8:1::1' }

/** One row: a change, a path, and what is to be said about it. */
export interface LockoutCase {
  readonly name: string
  readonly current: string
  /** Replacements that make the target of the current text; a function for more than that. */
  readonly change: readonly (readonly [from: string, to: string])[]
  readonly path: ManagementPath
  /** What the change does. */
  readonly lockout: LockoutVerdict
  /** Whether the target alone admits the path. */
  readonly target: PathVerdict['verdict']
  /** What the deciding step of the trace says; for `safe` any step. */
  readonly because: RegExp
}

const established = 'add action=accept chain=input connection-state=established,related,untracked\n'
const sshRule = 'add action=accept chain=input dst-port=22 protocol=tcp src-address-list=admins\n'
const dropRule = 'add action=drop chain=input in-interface-list=!LAN\n'

/** Cases by the stage that decides. */
export const lockoutCases: readonly LockoutCase[] = [
  {
    name: 'nothing changes',
    current: office,
    change: [],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /rule 3/,
  },
  {
    name: 'a comment changes',
    current: office,
    change: [['protocol=icmp', 'protocol=icmp comment=ping']],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /rule 3/,
  },
  // Filter
  {
    name: 'reordered rules cut SSH',
    current: office,
    change: [[sshRule + dropRule, dropRule + sshRule]],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /rule 3 .*refuses \(drop\)/,
  },
  {
    name: 'a rule is disabled',
    current: office,
    change: [['src-address-list=admins\n', 'src-address-list=admins disabled=yes\n']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /rule 4 .*refuses/,
  },
  {
    name: 'the final drop is disabled',
    current: office,
    change: [['list=!LAN\n', 'list=!LAN disabled=yes\n']],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /rule 3/,
  },
  {
    name: 'an address list entry is dropped',
    current: office,
    change: [['add address=203.0.113.0/28 list=admins\n', '']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /rule 4 .*refuses/,
  },
  {
    name: 'an address list entry gets narrower, the manager outside',
    current: office,
    change: [['203.0.113.0/28', '203.0.113.8/29']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /rule 4/,
  },
  {
    name: 'an address list becomes a range with the manager inside',
    current: office,
    change: [['203.0.113.0/28', '203.0.113.2-203.0.113.6']],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /rule 3/,
  },
  {
    name: 'an address list entry becomes a name',
    current: office,
    change: [['address=203.0.113.0/28', 'address=admin.example.net']],
    path: fromAfar,
    lockout: 'at-risk',
    target: 'cannot tell',
    because: /rule 4/,
  },
  {
    name: 'a drop-all comes first',
    current: office,
    change: [[established, `add action=drop chain=input\n${established}`]],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /rule 0 .*refuses \(drop\)/,
  },
  {
    name: 'a reject of the port',
    current: office,
    change: [
      [
        established,
        `${established}add action=reject chain=input dst-port=20-25 protocol=tcp reject-with=tcp-reset\n`,
      ],
    ],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /refuses \(reject\)/,
  },
  {
    name: 'a tarpit for everyone but the manager',
    current: office,
    change: [
      [established, `${established}add action=tarpit chain=input protocol=tcp src-address=!203.0.113.5\n`],
    ],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /rule 4/,
  },
  {
    name: 'a drop with a rate limit',
    current: office,
    change: [[sshRule, `add action=drop chain=input connection-state=new limit=10,5:packet\n${sshRule}`]],
    path: fromAfar,
    lockout: 'at-risk',
    target: 'cannot tell',
    because: /limit=10,5:packet/,
  },
  {
    name: 'a drop by connection limit',
    current: office,
    change: [[sshRule, `add action=drop chain=input connection-limit=3,32 protocol=tcp\n${sshRule}`]],
    path: fromAfar,
    lockout: 'at-risk',
    target: 'cannot tell',
    because: /connection-limit/,
  },
  {
    name: 'a drop by time of day',
    current: office,
    change: [[sshRule, `add action=drop chain=input time=22h-6h,mon,tue\n${sshRule}`]],
    path: fromAfar,
    lockout: 'at-risk',
    target: 'cannot tell',
    because: /time=/,
  },
  {
    name: 'an accept with a rate limit before a sure accept',
    current: office,
    change: [[sshRule, `add action=accept chain=input limit=10,5:packet\n${sshRule}`]],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /rule 4|rule 3/,
  },
  {
    name: 'a drop of low source ports only',
    current: office,
    change: [[sshRule, `add action=drop chain=input protocol=tcp src-port=1-1023\n${sshRule}`]],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /rule 4/,
  },
  {
    name: 'a drop of half of the source ports',
    current: office,
    change: [[sshRule, `add action=drop chain=input protocol=tcp src-port=32768-65535\n${sshRule}`]],
    path: fromAfar,
    lockout: 'at-risk',
    target: 'cannot tell',
    because: /src-port=32768-65535/,
  },
  {
    name: 'a jump to a chain that returns',
    current: office,
    change: [
      [
        sshRule,
        `add action=jump chain=input jump-target=guard\n${sshRule}add action=return chain=guard src-address=203.0.113.0/24\nadd action=drop chain=guard\n`,
      ],
    ],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /returns/,
  },
  {
    name: 'a jump to a chain that does not return',
    current: office,
    change: [
      [
        sshRule,
        `add action=jump chain=input jump-target=guard\n${sshRule}add action=return chain=guard src-address=198.51.100.0/24\nadd action=drop chain=guard\n`,
      ],
    ],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /chain guard\) refuses/,
  },
  {
    name: 'a jump to a chain that does not exist',
    current: office,
    change: [[sshRule, `add action=jump chain=input jump-target=nowhere\n${sshRule}`]],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /jumps to nowhere/,
  },
  {
    name: 'a port scan list that the rules fill',
    current: office,
    change: [
      [
        sshRule,
        `add action=add-src-to-address-list address-list=scanners address-list-timeout=1d chain=input protocol=tcp psd=21,3s,3,1\nadd action=drop chain=input src-address-list=scanners\n${sshRule}`,
      ],
    ],
    path: fromAfar,
    lockout: 'at-risk',
    target: 'cannot tell',
    because: /scanners/,
  },
  {
    name: 'a list filled by everyone who knocks, then dropped',
    current: office,
    change: [
      [
        sshRule,
        `add action=add-src-to-address-list address-list=seen address-list-timeout=1m chain=input protocol=tcp\nadd action=drop chain=input src-address-list=seen\n${sshRule}`,
      ],
    ],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /src-address-list=seen/,
  },
  {
    name: 'new connections accepted, established ones dropped',
    current: office,
    change: [[established, 'add action=drop chain=input connection-state=established\n']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /connection-state=established/,
  },
  {
    name: 'an answer that the output chain drops',
    current: office,
    change: [
      [
        established,
        `add action=drop chain=output out-interface=ether1 protocol=tcp src-port=22\n${established}`,
      ],
    ],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /chain output\) refuses/,
  },
  {
    name: 'a rule that names a bridge port is not in force',
    current: office,
    change: [[established, `add action=drop chain=input in-interface=ether2\n${established}`]],
    path: { ...fromLan, inInterface: 'ether2' },
    lockout: 'safe',
    target: 'kept',
    because: /end of chain input/,
  },
  // Raw, tracking, NAT, mangle
  {
    name: 'a raw drop before everything',
    current: office,
    change: [
      [
        '/ip route\n',
        '/ip firewall raw\nadd action=drop chain=prerouting dst-port=22 in-interface=ether1 protocol=tcp\n/ip route\n',
      ],
    ],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /prerouting\) refuses/,
  },
  {
    name: 'notrack makes it untracked, which is accepted',
    current: office,
    change: [
      [sshRule, ''],
      [
        '/ip route\n',
        '/ip firewall raw\nadd action=notrack chain=prerouting src-address=203.0.113.0/24\n/ip route\n',
      ],
    ],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /untracked/,
  },
  {
    name: 'tracking off: established no longer matches',
    current: office,
    change: [
      ['/ip route\n', '/ip firewall connection tracking\nset enabled=no\n/ip route\n'],
      [
        sshRule,
        'add action=accept chain=input connection-state=new dst-port=22 protocol=tcp src-address-list=admins\n',
      ],
    ],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /rule 4/,
  },
  {
    name: 'dst-nat steals the port',
    current: office,
    change: [
      [
        '/ip route\n',
        '/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=22 in-interface-list=WAN protocol=tcp to-addresses=192.0.2.80 to-ports=22\n/ip route\n',
      ],
    ],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /another host/,
  },
  {
    name: 'redirect to the port on which SSH listens',
    current: office
      .replace('set telnet', 'set ssh port=2222\nset telnet')
      .replace('dst-port=22 ', 'dst-port=22,2222 ')
      .replace(
        '/ip route\n',
        '/ip firewall nat\nadd action=redirect chain=dstnat dst-port=22 protocol=tcp to-ports=2222\n/ip route\n',
      ),
    change: [['add gateway', 'add comment=up gateway']],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /redirect/,
  },
  {
    name: 'a routing mark sends it away',
    current: office,
    change: [
      [
        '/ip route\n',
        '/ip firewall mangle\nadd action=mark-routing chain=prerouting in-interface=ether1 new-routing-mark=second\n/ip route\nadd gateway=198.51.100.9 routing-table=second\n/routing table\nadd fib name=second\n/ip route\n',
      ],
    ],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /routing mark second/,
  },
  // Services and accounts
  {
    name: 'a service is disabled',
    current: office,
    change: [['set telnet', 'set ssh disabled=yes\nset telnet']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /service ssh is disabled/,
  },
  {
    name: 'a service gets another port',
    current: office,
    change: [['set telnet', 'set ssh port=2200\nset telnet']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /listens on port 2200/,
  },
  {
    name: 'a service address= excludes the manager',
    current: office,
    change: [['set telnet', 'set ssh address=192.0.2.0/24\nset telnet']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /does not serve this source/,
  },
  {
    name: 'a service address= includes the manager',
    current: office,
    change: [['set telnet', 'set ssh address=192.0.2.0/24,203.0.113.0/28\nset telnet']],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /service ssh/,
  },
  {
    name: 'a service moves to a VRF',
    current: office,
    change: [['set telnet', 'set ssh vrf=mgmt\nset telnet']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /VRF mgmt/,
  },
  {
    name: 'another service takes the port',
    current: office,
    change: [['set telnet', 'set ssh port=2200\nset www port=22\nset telnet']],
    path: fromLan,
    lockout: 'lockout',
    target: 'kept',
    because: /service ssh listens on port 2200/,
  },
  {
    name: 'the group loses the right to use SSH',
    current: office.replace(
      '/ip service',
      '/user group\nadd name=ops policy=read,write,ssh,winbox\n/ip service',
    ),
    change: [['write,ssh,', 'write,']],
    path: { ...fromLan, user: 'joe', userGroup: 'ops' },
    lockout: 'lockout',
    target: 'lost',
    because: /lacks policy ssh/,
  },
  {
    name: 'a group without SSH appears, and who is in it is not known',
    current: office,
    change: [['/ip service', '/user group\nadd name=kiosk policy=read,winbox\n/ip service']],
    path: { ...fromLan, user: 'joe' },
    lockout: 'at-risk',
    target: 'cannot tell',
    because: /lacks policy ssh/,
  },
  // Addresses and interfaces
  {
    name: 'the address is removed',
    current: office,
    change: [['add address=192.0.2.1/24 interface=bridge\n', '']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /no interface is known to carry/,
  },
  {
    name: 'the address moves to a disabled interface',
    current: office,
    change: [
      ['192.0.2.1/24 interface=bridge', '192.0.2.1/24 interface=ether5'],
      [
        '/interface list\n',
        '/interface ethernet\nset [ find default-name=ether5 ] disabled=yes\n/interface list\n',
      ],
    ],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /ether5 is disabled/,
  },
  {
    name: 'the address is disabled',
    current: office,
    change: [['192.0.2.1/24 interface=bridge', '192.0.2.1/24 disabled=yes interface=bridge']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /no interface is known to carry/,
  },
  {
    name: 'the bridge is disabled',
    current: office,
    change: [['add name=bridge\n', 'add disabled=yes name=bridge\n']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /bridge bridge is disabled/,
  },
  {
    name: 'the uplink is disabled',
    current: office,
    change: [
      [
        '/interface list\n',
        '/interface ethernet\nset [ find default-name=ether1 ] disabled=yes\n/interface list\n',
      ],
    ],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /ether1 is disabled/,
  },
  {
    name: 'the uplink is renamed, and everything with it',
    current: office,
    change: [
      [
        '/interface list\n',
        '/interface ethernet\nset [ find default-name=ether1 ] name=uplink\n/interface list\n',
      ],
      ['interface=ether1 list', 'interface=uplink list'],
      ['interface=ether1\n', 'interface=uplink\n'],
    ],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /uplink/,
  },
  {
    name: 'the port of the manager leaves the bridge',
    current: office,
    change: [['add bridge=bridge interface=ether3\n', '']],
    path: { ...fromLan, inInterface: 'ether3' },
    lockout: 'lockout',
    target: 'lost',
    because: /in-interface-list=!LAN/,
  },
  {
    name: 'the bridge leaves the interface list',
    current: office,
    change: [['add interface=bridge list=LAN\n', '']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /in-interface-list=!LAN/,
  },
  {
    name: 'the list takes the bridge in by another list',
    current: office,
    change: [
      ['add interface=bridge list=LAN\n', 'add interface=bridge list=HOME\n'],
      ['add name=LAN\n', 'add name=HOME\nadd include=HOME name=LAN\n'],
    ],
    path: fromLan,
    lockout: 'safe',
    target: 'kept',
    because: /end of chain/,
  },
  {
    name: 'ARP only for listed hosts',
    current: office,
    change: [['add name=bridge\n', 'add arp=reply-only name=bridge\n']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /arp=reply-only/,
  },
  // VLANs
  {
    name: 'VLAN filtering is switched on without the management VLAN',
    current: trunked
      .replace(' vlan-filtering=yes', '')
      .replace('tagged=bridge,ether2 vlan-ids=99', 'tagged=ether2 vlan-ids=20'),
    change: [['add name=bridge\n', 'add name=bridge vlan-filtering=yes\n']],
    path: { ...fromLan, inInterface: 'mgmt' },
    lockout: 'lockout',
    target: 'lost',
    because: /no member of VLAN 99/,
  },
  {
    name: 'VLAN filtering is switched on with the management VLAN',
    current: trunked.replace(' vlan-filtering=yes', ''),
    change: [['add name=bridge\n', 'add name=bridge vlan-filtering=yes\n']],
    path: { ...fromLan, inInterface: 'ether2' },
    lockout: 'safe',
    target: 'kept',
    because: /mgmt/,
  },
  {
    name: 'the bridge itself is taken out of the management VLAN',
    current: trunked,
    change: [['tagged=bridge,ether2', 'tagged=ether2']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /bridge itself is no member of VLAN 99/,
  },
  {
    name: 'one of two ports leaves the management VLAN',
    current: trunked,
    change: [['interface=ether3 pvid=99', 'interface=ether3 pvid=1']],
    path: fromLan,
    lockout: 'at-risk',
    target: 'kept',
    because: /no member of|no enabled VLAN|elsewhere|not in force|refuses/,
  },
  {
    name: 'the access port admits tagged frames only',
    current: trunked,
    change: [['ether3 pvid=99', 'ether3 pvid=99 frame-types=admit-only-vlan-tagged']],
    path: { ...fromLan, inInterface: 'ether3' },
    lockout: 'lockout',
    target: 'lost',
    because: /admits tagged frames only/,
  },
  {
    name: 'the management VLAN gets another number',
    current: trunked,
    change: [['name=mgmt vlan-id=99', 'name=mgmt vlan-id=98']],
    path: fromLan,
    lockout: 'lockout',
    target: 'lost',
    because: /VLAN/,
  },
  // The way back
  {
    name: 'a new default route',
    current: office,
    change: [['gateway=198.51.100.1', 'gateway=198.51.100.254']],
    path: fromAfar,
    lockout: 'at-risk',
    target: 'kept',
    because: /198\.51\.100\.254 on ether1 may not lead/,
  },
  {
    name: 'no route at all',
    current: office,
    change: [['add gateway=198.51.100.1\n', '']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /there is no route/,
  },
  {
    name: 'a blackhole for the managers network',
    current: office,
    change: [['add gateway', 'add blackhole dst-address=203.0.113.0/24\nadd gateway']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /discards/,
  },
  {
    name: 'a gateway on no network',
    current: office,
    change: [['gateway=198.51.100.1', 'gateway=10.99.99.1']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /there is no route/,
  },
  {
    name: 'a more specific route elsewhere with the old default',
    current: office,
    change: [['add gateway', 'add dst-address=203.0.113.0/24 gateway=192.0.2.200\nadd gateway']],
    path: fromAfar,
    lockout: 'at-risk',
    target: 'kept',
    because: /192\.0\.2\.200 on bridge may not lead/,
  },
  {
    name: 'a worse second default route',
    current: office,
    change: [['add gateway', 'add distance=5 gateway=192.0.2.200\nadd gateway']],
    path: fromAfar,
    lockout: 'safe',
    target: 'kept',
    because: /198\.51\.100\.1 on ether1/,
  },
  {
    name: 'the managers network appears on another interface',
    current: office,
    change: [['add address=198', 'add address=203.0.113.1/24 interface=ether5\nadd address=198']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'kept',
    because: /packets come in elsewhere/,
  },
  {
    name: 'a routing rule that drops answers',
    current: office,
    change: [['/ip service', '/routing rule\nadd action=drop dst-address=203.0.113.0/24\n/ip service']],
    path: fromAfar,
    lockout: 'lockout',
    target: 'lost',
    because: /routing rule refuses/,
  },
  // IPv6
  {
    name: 'the IPv6 rule for SSH goes',
    current: office6,
    change: [['add action=accept chain=input dst-port=22 protocol=tcp src-address=2001:db8:1::/64\n', '']],
    path: over6,
    lockout: 'lockout',
    target: 'lost',
    because: /chain input\) refuses/,
  },
  {
    name: 'ICMPv6 is no longer let in',
    current: office6,
    change: [['add action=accept chain=input protocol=icmpv6\n', '']],
    path: over6,
    lockout: 'at-risk',
    target: 'cannot tell',
    because: /chain input\) refuses/,
  },
  {
    name: 'IPv6 is switched off',
    current: office6,
    change: [['/ipv6 address', '/ipv6 settings\nset disable-ipv6=yes\n/ipv6 address']],
    path: over6,
    lockout: 'lockout',
    target: 'lost',
    because: /IPv6 is switched off/,
  },
  {
    name: 'an IPv4 rule does not touch IPv6',
    current: office6,
    change: [['/ipv6 firewall', '/ip firewall filter\nadd action=drop chain=input\n/ipv6 firewall']],
    path: over6,
    lockout: 'safe',
    target: 'kept',
    because: /rule 2/,
  },
  // What is not followed
  {
    name: 'bridge filter rules appear',
    current: office,
    change: [
      [
        '/interface bridge port',
        '/interface bridge filter\nadd action=drop chain=input mac-protocol=ip\n/interface bridge port',
      ],
    ],
    path: fromLan,
    lockout: 'at-risk',
    target: 'kept',
    because: /bridge rules/,
  },
  {
    name: 'an address from DHCP stays where it is while another rule changes',
    current: office
      .replace('add address=198.51.100.2/24 interface=ether1\n', '')
      .replace(
        '/ip firewall address-list',
        '/ip dhcp-client\nadd interface=ether1\n/ip firewall address-list',
      )
      .replace('/ip route\nadd gateway=198.51.100.1\n', ''),
    change: [['protocol=icmp', 'protocol=icmp comment=ping']],
    path: fromAfar,
    lockout: 'safe',
    target: 'cannot tell',
    because: /rule 3/,
  },
]
