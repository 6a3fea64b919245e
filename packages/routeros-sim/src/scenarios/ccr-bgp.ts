import type { SimulatorOptions } from '../simulator.js'

/** A border router on v7: two BGP peers with filters, an OSPF area inside, raw rules, management behind a jump chain. */
export const ccrBgp: SimulatorOptions = {
  model: 'CCR2004-12G-4S+',
  version: '7.18.2',
  config: `# 2026-01-02 04:11:09 by RouterOS 7.18.2
# software id = TOD0-0004
#
# model = CCR2004-12G-4S+
# serial number = HC0000000A4
/interface bridge
add name=lo0 protocol-mode=none
/interface ethernet
set [ find default-name=ether1 ] comment="out of band" name=ether1-oob
set [ find default-name=sfp-sfpplus1 ] comment="transit one"
set [ find default-name=sfp-sfpplus2 ] comment="transit two"
/interface vlan
add interface=sfp-sfpplus3 name=vlan110-core vlan-id=110
/port
set 0 name=serial0
/routing bgp template
set default as=64500 disabled=no router-id=192.0.2.1
/routing ospf instance
add disabled=no name=core router-id=192.0.2.1
/routing ospf area
add disabled=no instance=core name=backbone
/ip neighbor discovery-settings
set discover-interface-list=none
/ip address
add address=192.0.2.1 interface=lo0 network=192.0.2.1
add address=198.51.100.2/30 interface=sfp-sfpplus1 network=198.51.100.0
add address=203.0.113.2/30 interface=sfp-sfpplus2 network=203.0.113.0
add address=10.110.0.1/24 interface=vlan110-core network=10.110.0.0
add address=172.31.255.2/24 interface=ether1-oob network=172.31.255.0
/ip dns
set servers=10.110.0.53
/ip firewall address-list
add address=172.31.255.0/24 list=operators
add address=10.110.0.0/24 list=operators
add address=198.51.100.1 list=bgp-peers
add address=203.0.113.1 list=bgp-peers
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=jump chain=input comment="who may manage this router" dst-port=\\
    22,8291 jump-target=manage protocol=tcp
add action=accept chain=input dst-port=179 protocol=tcp src-address-list=\\
    bgp-peers
add action=accept chain=input protocol=ospf
add action=accept chain=input protocol=icmp
add action=drop chain=input
add action=accept chain=manage src-address-list=operators
add action=drop chain=manage log=yes log-prefix=manage-
/ip firewall raw
add action=drop chain=prerouting comment="nobody spoofs the inside" \\
    in-interface=sfp-sfpplus1 src-address=10.0.0.0/8
/ip route
add blackhole comment="our aggregate" disabled=no dst-address=192.0.2.0/24
/ip service
set ftp disabled=yes
set telnet disabled=yes
set www disabled=yes
set api disabled=yes
set api-ssl disabled=yes
/routing bgp connection
add as=64500 disabled=no input.filter=transit-in local.role=ebgp name=\\
    transit-one output.filter-chain=transit-out .network=ours remote.address=\\
    198.51.100.1/32 .as=64501 router-id=192.0.2.1 routing-table=main \\
    templates=default
add as=64500 disabled=no input.filter=transit-in local.role=ebgp name=\\
    transit-two output.filter-chain=transit-out .network=ours remote.address=\\
    203.0.113.1/32 .as=64502 router-id=192.0.2.1 routing-table=main \\
    templates=default
/routing filter rule
add chain=transit-in disabled=no rule=\\
    "if (dst in 10.0.0.0/8) { reject } else { accept }"
add chain=transit-out disabled=no rule=\\
    "if (dst == 192.0.2.0/24) { accept } else { reject }"
/routing ospf interface-template
add area=backbone disabled=no interfaces=vlan110-core
/system clock
set time-zone-name=Europe/Amsterdam
/system identity
set name=border-1
/system note
set show-at-login=no
/system ntp client
set enabled=yes
/system ntp client servers
add address=10.110.0.123
`,
  listeners: [
    { name: 'oob', ingressInterface: 'ether1', sourceAddress: '172.31.255.10' },
    { name: 'transit', ingressInterface: 'sfp-sfpplus1', sourceAddress: '8.8.4.4' },
  ],
}
