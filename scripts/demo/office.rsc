# 2026-01-05 09:00:00 by RouterOS 7.16.1
# software id = DEMO-0001
#
# model = RB5009UG+S+
# serial number = DEMO00000001
/interface bridge
add admin-mac=02:00:5E:00:53:01 auto-mac=no name=bridge-lan
/interface list
add name=LAN
add name=WAN
/ip pool
add name=pool-lan ranges=192.168.88.100-192.168.88.199
/ip dhcp-server
add address-pool=pool-lan interface=bridge-lan name=dhcp-lan
/interface bridge port
add bridge=bridge-lan interface=ether2
add bridge=bridge-lan interface=ether3
add bridge=bridge-lan interface=ether4
/interface list member
add interface=bridge-lan list=LAN
add interface=ether1 list=WAN
/ip address
add address=192.168.88.1/24 interface=bridge-lan network=192.168.88.0
/ip dhcp-client
add interface=ether1
/ip dhcp-server network
add address=192.168.88.0/24 dns-server=192.168.88.1 gateway=192.168.88.1
/ip dns
set allow-remote-requests=yes servers=192.0.2.53
/ip firewall filter
add action=accept chain=input comment="what is known" connection-state=established,related,untracked
add action=drop chain=input comment="what makes no sense" connection-state=invalid
add action=accept chain=input protocol=icmp
add action=drop chain=input comment="nothing else from outside" in-interface-list=!LAN
add action=accept chain=forward connection-state=established,related,untracked
add action=drop chain=forward connection-state=invalid
/ip firewall nat
add action=masquerade chain=srcnat out-interface-list=WAN
/ip service
set telnet disabled=yes
set ftp disabled=yes
/system clock
set time-zone-name=Europe/Zurich
/system identity
set name=office-gw
