# 2025-01-02 00:00:00 by RouterOS 7.15
# model = RB5009
/interface gre
add local-address=198.51.100.2 name=gre-hq remote-address=203.0.113.1
/ip address
add address=198.51.100.2/30 interface=ether1 network=198.51.100.0
add address=172.16.0.2/30 interface=gre-hq network=172.16.0.0
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=accept chain=input protocol=gre src-address=203.0.113.1
add action=accept chain=input in-interface=gre-hq
add action=drop chain=input
/ip route
add gateway=198.51.100.1
add dst-address=10.0.0.0/8 gateway=172.16.0.1
