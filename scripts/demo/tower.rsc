# jan/05/2026 09:00:00 by RouterOS 6.49.13
# software id = DEMO-0002
#
# model = RB921UAGS-5SHPacD
# serial number = DEMO00000002
/interface bridge
add name=bridge1
/interface vlan
add interface=ether1 name=vlan-mgmt vlan-id=100
/queue simple
add max-limit=20M/20M name=customer-1 target=198.51.100.10/32
add max-limit=50M/50M name=customer-2 target=198.51.100.11/32
/interface bridge port
add bridge=bridge1 interface=wlan1
/ip address
add address=192.0.2.18/28 interface=vlan-mgmt network=192.0.2.16
add address=198.51.100.1/24 interface=bridge1 network=198.51.100.0
/ip firewall address-list
add address=192.0.2.16/28 comment=operations list=managers
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=accept chain=input src-address-list=managers
add action=accept chain=input protocol=icmp
add action=drop chain=input
/ip route
add distance=1 gateway=192.0.2.17
/snmp
set enabled=yes
/system identity
set name=tower-3
