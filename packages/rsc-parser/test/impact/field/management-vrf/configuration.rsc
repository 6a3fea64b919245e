# 2025-04-02 00:00:00 by RouterOS 7.18.2
# model = CCR2116-12G-4S+
/interface list
add name=MGMT
/ip vrf
add interfaces=ether13 name=mgmt
/interface list member
add interface=ether13 list=MGMT
/ip address
add address=10.255.0.2/24 interface=ether13 network=10.255.0.0
add address=198.51.100.2/30 interface=sfp-sfpplus1 network=198.51.100.0
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=accept chain=input protocol=icmp
add action=accept chain=input dst-port=22,8291 protocol=tcp src-address=10.255.0.0/24
add action=drop chain=input
/ip route
add dst-address=0.0.0.0/0 gateway=198.51.100.1
add dst-address=0.0.0.0/0 gateway=10.255.0.1 routing-table=mgmt
/ip service
set ssh vrf=mgmt
set winbox vrf=mgmt
set telnet disabled=yes
/system identity
set name=pe1
