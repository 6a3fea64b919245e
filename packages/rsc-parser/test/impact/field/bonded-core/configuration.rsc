# 2025-02-02 00:00:00 by RouterOS 7.15.3
# model = CCR2004-16G-2S+
/interface bonding
add mode=802.3ad name=bond1 slaves=sfp-sfpplus1,sfp-sfpplus2 transmit-hash-policy=layer-2-and-3
/interface vlan
add interface=bond1 name=vlan10 vlan-id=10
add interface=bond1 name=vlan100 vlan-id=100
/interface vrrp
add interface=vlan10 name=vrrp10 priority=200 vrid=10
/ip address
add address=10.10.0.2/24 interface=vlan10 network=10.10.0.0
add address=10.10.0.1 interface=vrrp10 network=10.10.0.1
add address=192.0.2.2/30 interface=vlan100 network=192.0.2.0
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=accept chain=input protocol=icmp
add action=accept chain=input protocol=vrrp
add action=accept chain=input dst-port=22 protocol=tcp src-address=10.10.0.0/24
add action=accept chain=input dst-port=22 protocol=tcp src-address=203.0.113.0/28
add action=drop chain=input
/ip route
add gateway=192.0.2.1
/system identity
set name=core
