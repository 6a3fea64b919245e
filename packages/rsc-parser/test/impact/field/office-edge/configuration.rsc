# 2024-09-01 00:00:00 by RouterOS 7.14.3
# software id = AAAA-0003
#
# model = RB4011iGS+
/interface bridge
add name=br-lan
/interface ethernet
set [ find default-name=ether1 ] comment=uplink name=ether1-wan
set [ find default-name=ether2 ] name=ether2-lan
/interface vlan
add interface=br-lan name=vlan20 vlan-id=20
/interface list
add name=WAN
add name=LAN
add name=MGMT
/interface bridge port
add bridge=br-lan interface=ether2-lan
add bridge=br-lan interface=ether3
/interface list member
add interface=ether1-wan list=WAN
add interface=br-lan list=LAN
add interface=vlan20 list=MGMT
/ip address
add address=198.51.100.2/29 interface=ether1-wan network=198.51.100.0
add address=10.0.0.1/24 interface=br-lan network=10.0.0.0
add address=10.20.0.1/24 interface=vlan20 network=10.20.0.0
/ip dns
set servers=1.1.1.1,9.9.9.9
/ip firewall address-list
add address=203.0.113.0/24 list=admins
add address=192.0.2.7 list=admins
add address=10.0.0.0/24 list=lan
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input connection-state=invalid
add action=accept chain=input protocol=icmp
add action=jump chain=input comment="mgmt" dst-port=22,8291,443 jump-target=mgmt protocol=tcp
add action=accept chain=input in-interface-list=LAN
add action=accept chain=input dst-port=500,4500 protocol=udp
add action=drop chain=input
add action=accept chain=mgmt src-address-list=admins
add action=accept chain=mgmt in-interface-list=MGMT
add action=return chain=mgmt src-address-list=lan
add action=drop chain=mgmt log=yes log-prefix=mgmt
add action=fasttrack-connection chain=forward connection-state=established,related
add action=accept chain=forward connection-state=established,related,untracked
add action=drop chain=forward connection-state=invalid
add action=drop chain=forward connection-nat-state=!dstnat connection-state=new in-interface-list=WAN
/ip firewall nat
add action=masquerade chain=srcnat out-interface-list=WAN
add action=dst-nat chain=dstnat dst-address=198.51.100.2 dst-port=443 protocol=tcp to-addresses=10.0.0.10 to-ports=443
add action=dst-nat chain=dstnat comment="web ssh" dst-port=2222 in-interface=ether1-wan protocol=tcp to-addresses=10.0.0.10 to-ports=22
/ip route
add disabled=no distance=1 dst-address=0.0.0.0/0 gateway=198.51.100.1
add dst-address=172.16.0.0/16 gateway=10.0.0.254
/ip service
set telnet disabled=yes
set ftp disabled=yes
set www disabled=yes
set ssh address=203.0.113.0/24,192.0.2.7/32,10.0.0.0/8
set api disabled=yes
set api-ssl disabled=yes
/system identity
set name=edge
/system ntp client
set enabled=yes
/system scheduler
add interval=1d name=backup on-event="/system backup save name=daily" policy=read,write,policy,test start-date=2024-01-01 start-time=03:00:00
