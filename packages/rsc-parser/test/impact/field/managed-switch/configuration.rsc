# 2025-02-02 00:00:00 by RouterOS 7.15.3
# software id = AAAA-0005
#
# model = CRS326-24G-2S+
/interface bridge
add admin-mac=48:8F:5A:00:00:01 auto-mac=no comment=defconf frame-types=admit-only-vlan-tagged name=bridge vlan-filtering=yes
/interface ethernet
set [ find default-name=sfp-sfpplus1 ] comment=uplink
/interface vlan
add interface=bridge name=vlan99-mgmt vlan-id=99
/interface list
add name=MGMT
/interface bridge port
add bridge=bridge comment=defconf frame-types=admit-only-untagged-and-priority-tagged interface=ether1 pvid=10
add bridge=bridge frame-types=admit-only-untagged-and-priority-tagged interface=ether2 pvid=10
add bridge=bridge frame-types=admit-only-untagged-and-priority-tagged interface=ether3 pvid=99
add bridge=bridge frame-types=admit-only-vlan-tagged interface=sfp-sfpplus1
/interface bridge vlan
add bridge=bridge tagged=sfp-sfpplus1 vlan-ids=10
add bridge=bridge tagged=bridge,sfp-sfpplus1 vlan-ids=99
/interface list member
add interface=vlan99-mgmt list=MGMT
/ip address
add address=10.99.0.5/24 interface=vlan99-mgmt network=10.99.0.0
/ip dns
set servers=10.99.0.1
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=accept chain=input in-interface-list=MGMT
add action=drop chain=input
/ip route
add dst-address=0.0.0.0/0 gateway=10.99.0.1
/ip service
set telnet disabled=yes
set ftp disabled=yes
set www disabled=yes
/system identity
set name=sw1
