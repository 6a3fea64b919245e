# 2025-01-05 00:00:00 by RouterOS 7.17
# software id = AAAA-0004
#
# model = hEX
/interface bridge
add name=bridge
/interface wireguard
add listen-port=13231 mtu=1420 name=wg-mgmt
/interface list
add name=WAN
add name=LAN
/interface bridge port
add bridge=bridge interface=ether2
add bridge=bridge interface=ether3
/interface list member
add interface=ether1 list=WAN
add interface=bridge list=LAN
/interface wireguard peers
add allowed-address=10.99.0.2/32 interface=wg-mgmt name=admin public-key="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
add allowed-address=10.99.0.3/32 interface=wg-mgmt name=other public-key="BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB="
/ip address
add address=192.168.88.1/24 interface=bridge network=192.168.88.0
add address=10.99.0.1/24 interface=wg-mgmt network=10.99.0.0
/ip dhcp-client
add interface=ether1
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input connection-state=invalid
add action=accept chain=input dst-port=13231 protocol=udp
add action=accept chain=input dst-port=22,8291 in-interface=wg-mgmt protocol=tcp src-address=10.99.0.0/24
add action=drop chain=input in-interface-list=!LAN
/ip firewall nat
add action=masquerade chain=srcnat out-interface-list=WAN
/ip service
set telnet disabled=yes
set www address=192.168.88.0/24
/system identity
set name=wg
