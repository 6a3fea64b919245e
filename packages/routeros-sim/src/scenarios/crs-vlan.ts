import type { SimulatorOptions } from '../simulator.js'

/** A switch on v7 that filters VLANs: management in VLAN 99, tagged on the uplink and untagged on one port. */
export const crsVlan: SimulatorOptions = {
  model: 'CRS326-24G-2S+',
  version: '7.15.3',
  config: `# 2026-01-03 12:00:00 by RouterOS 7.15.3
# software id = TOD0-0005
#
# model = CRS326-24G-2S+
# serial number = HC0000000A5
/interface bridge
add frame-types=admit-only-vlan-tagged name=bridge vlan-filtering=yes
/interface ethernet
set [ find default-name=ether1 ] comment="admin desk"
set [ find default-name=sfp-sfpplus1 ] comment=uplink
/interface vlan
add interface=bridge name=vlan99-mgmt vlan-id=99
/port
set 0 name=serial0
/interface bridge port
add bridge=bridge frame-types=admit-only-untagged-and-priority-tagged \\
    interface=ether1 pvid=99
add bridge=bridge frame-types=admit-only-untagged-and-priority-tagged \\
    interface=ether2 pvid=20
add bridge=bridge frame-types=admit-only-untagged-and-priority-tagged \\
    interface=ether3 pvid=20
add bridge=bridge frame-types=admit-only-vlan-tagged interface=sfp-sfpplus1
/interface bridge vlan
add bridge=bridge comment=management tagged=bridge,sfp-sfpplus1 vlan-ids=99
add bridge=bridge comment=office tagged=sfp-sfpplus1 vlan-ids=20
add bridge=bridge comment=guests tagged=sfp-sfpplus1 vlan-ids=30
/ip address
add address=10.99.0.2/24 interface=vlan99-mgmt network=10.99.0.0
/ip route
add disabled=no dst-address=0.0.0.0/0 gateway=10.99.0.1
/ip service
set telnet disabled=yes
set ftp disabled=yes
/system identity
set name=access-switch
/system routerboard settings
set enter-setup-on=delete-key
`,
  listeners: [
    { name: 'uplink', ingressInterface: 'sfp-sfpplus1', vlanId: 99, sourceAddress: '10.99.0.10' },
    { name: 'desk', ingressInterface: 'ether1', sourceAddress: '10.99.0.11' },
    { name: 'office', ingressInterface: 'ether2', sourceAddress: '10.20.0.12' },
  ],
}
