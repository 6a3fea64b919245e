# 2025-01-02 00:00:00 by RouterOS 7.12.1
# model = RB750Gr3
/interface bridge
add name=lan
/interface ethernet
set [ find default-name=ether1 ] name=wan-port
/interface vlan
add interface=wan-port name=vlan7 vlan-id=7
/interface pppoe-client
add add-default-route=yes disabled=no interface=vlan7 name=pppoe-out1 use-peer-dns=yes user=abc@isp
/interface list
add name=WAN
add name=LAN
/interface bridge port
add bridge=lan interface=ether2
add bridge=lan interface=ether3
/interface list member
add interface=pppoe-out1 list=WAN
add interface=lan list=LAN
/ip address
add address=192.168.1.1/24 interface=lan network=192.168.1.0
/ip firewall address-list
add address=203.0.113.50 list=support
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input connection-state=invalid
add action=accept chain=input dst-port=8291,22 in-interface=pppoe-out1 protocol=tcp src-address-list=support
add action=accept chain=input in-interface=lan
add action=drop chain=input
/ip firewall mangle
add action=change-mss chain=forward new-mss=clamp-to-pmtu out-interface=pppoe-out1 passthrough=yes protocol=tcp tcp-flags=syn
/ip firewall nat
add action=masquerade chain=srcnat out-interface=pppoe-out1
/ip service
set telnet disabled=yes
/system identity
set name=home
