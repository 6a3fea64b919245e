# 2026-01-05 10:00:00 by RouterOS 7.16.1
# software id = ABCD-1234
#
# model = RB5009UG+S+
# serial number = AB12345CD67
/interface bridge
add name=bridge1
/interface list
add name=LAN
add name=WAN
/interface bridge port
add bridge=bridge1 interface=ether2
add bridge=bridge1 interface=ether3
/interface list member
add interface=bridge1 list=LAN
add interface=ether1 list=WAN
/ip address
add address=192.0.2.1/24 interface=bridge1
/ip dhcp-client
add interface=ether1
/ip firewall filter
add action=accept chain=input comment="accept established, related, untracked" \
    connection-state=established,related,untracked
add action=accept chain=input comment="management from the office network" \
    dst-port=22,8291 in-interface-list=LAN protocol=tcp
add action=drop chain=input in-interface-list=WAN
/system identity
set name=office-1
