import { computeImpact } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'

const router = `# 2025-01-01 00:00:00 by RouterOS 7.15.2
/interface bridge
add name=bridge
/interface wireguard
add listen-port=13231 name=wg1
/interface wireguard peers
add allowed-address=10.9.0.2/32 interface=wg1 name=admin public-key="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
/ip address
add address=192.0.2.1/24 interface=bridge
/ip dhcp-client
add interface=ether1
/ip firewall address-list
add address=203.0.113.0/28 list=admins
add address=203.0.113.99 list=printers
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=jump chain=input dst-port=22,8291 jump-target=mgmt protocol=tcp
add action=drop chain=input log=yes
add action=accept chain=mgmt src-address-list=admins
add action=accept chain=forward src-address-list=printers
/ip route
add gateway=198.51.100.1
/ip service
set ssh address=203.0.113.0/24,192.0.2.0/24
`

interface WarningCase {
  readonly change: string
  readonly edits: readonly (readonly [from: string, to: string])[]
  /** What the only warning says; absent when there is to be none. */
  readonly says?: RegExp
}

const atEnd = '/ip service\n'
const cases: readonly WarningCase[] = [
  { change: 'a drop rule no longer logs', edits: [['chain=input log=yes', 'chain=input']] },
  { change: 'a drop rule gets a comment', edits: [['input log=yes', 'input comment=last log=yes']] },
  {
    change: 'a service names its clients in another order',
    edits: [['203.0.113.0/24,192.0.2.0/24', '192.0.2.0/24,203.0.113.0/24']],
  },
  { change: 'an address list for forwarding changes', edits: [['203.0.113.99', '203.0.113.98']] },
  {
    change: 'a dst-nat of a web server',
    edits: [
      [
        atEnd,
        `/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=8080 protocol=tcp to-addresses=192.0.2.9\n${atEnd}`,
      ],
    ],
  },
  {
    change: 'a forward rule refuses SSH',
    edits: [
      [
        'add action=accept chain=forward',
        'add action=drop chain=forward dst-port=22 protocol=tcp\nadd action=accept chain=forward',
      ],
    ],
  },
  {
    change: 'a new input rule refuses DNS',
    edits: [
      [
        'add action=drop chain=input log',
        'add action=drop chain=input dst-port=53 protocol=udp\nadd action=drop chain=input log',
      ],
    ],
  },
  {
    change: 'a new input rule refuses SSH',
    edits: [['add action=jump', 'add action=drop chain=input dst-port=20-30 protocol=tcp\nadd action=jump']],
    says: /filter \(target line 17\): A new rule refuses connections to the device by which it is managed \(dst-port=20-30 protocol=tcp\)/,
  },
  {
    change: 'a raw rule refuses a network',
    edits: [
      [atEnd, `/ip firewall raw\nadd action=drop chain=prerouting src-address=203.0.113.0/24\n${atEnd}`],
    ],
    says: /raw \(target line \d+\): A new rule refuses connections to the device .*src-address=203\.0\.113\.0\/24/,
  },
  {
    change: 'the accept rule of a chain is switched off',
    edits: [['chain=mgmt src', 'chain=mgmt disabled=yes src']],
    says: /filter \(target line 19\): A rule that lets connections in to the device is switched off/,
  },
  {
    change: 'the jump goes',
    edits: [['add action=jump chain=input dst-port=22,8291 jump-target=mgmt protocol=tcp\n', '']],
    says: /filter \(current line 17\): A jump to chain mgmt goes/,
  },
  {
    change: 'an entry of a list that input uses goes',
    edits: [['add address=203.0.113.0/28 list=admins\n', '']],
    says: /address-list \(current line 13\): Entry 203\.0\.113\.0\/28 of list admins goes/,
  },
  {
    change: 'dst-nat takes SSH',
    edits: [
      [
        atEnd,
        `/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=22 protocol=tcp to-addresses=192.0.2.9\n${atEnd}`,
      ],
    ],
    says: /nat \(target line \d+\): A new rule takes connections by which the device is managed elsewhere \(dst-nat/,
  },
  {
    change: 'the default route is switched off',
    edits: [['add gateway=198', 'add disabled=yes gateway=198']],
    says: /route \(target line 22\): The default route changes/,
  },
  {
    change: 'a WireGuard peer goes',
    edits: [[/\/interface wireguard peers\n.*\n/.exec(router)?.[0] ?? '', '']],
    says: /peers \(current line 7\): WireGuard peer admin of wg1 goes/,
  },
  {
    change: 'the DHCP client goes',
    edits: [['/ip dhcp-client\nadd interface=ether1\n', '']],
    says: /dhcp-client \(current line 11\): The DHCP client on ether1 goes/,
  },
  {
    change: 'the service serves everybody',
    edits: [['set ssh address=203.0.113.0/24,192.0.2.0/24', 'set ssh address=""']],
    says: /service \(target line 24\): Service ssh serves all source addresses/,
  },
  {
    change: 'the prefix length of the address changes',
    edits: [['192.0.2.1/24', '192.0.2.1/25']],
    says: /address \(target line 9\): The network of address 192\.0\.2\.1\/25 on bridge is another one/,
  },
  {
    change: 'ARP for listed hosts only',
    edits: [['add name=bridge', 'add arp=reply-only name=bridge']],
    says: /bridge \(target line 3\): Interface bridge resolves listed hosts only/,
  },
]

describe('warnings of an impact', () => {
  it.each(cases)('$change', ({ edits, says }) => {
    let target = router
    for (const [from, to] of edits) {
      expect(target).toContain(from)
      target = target.replace(from, to)
    }

    const { warnings } = computeImpact(router, target)

    expect(warnings).toEqual(says === undefined ? [] : [expect.stringMatching(says)])
  })
})
