/ip address
add address=192.0.2.1/24 interface=ether2
add address=198.51.100.1/24 interface=ether2
/ip pool
add name=lan ranges=192.0.2.160-192.0.2.170
/ip dhcp-server
add address-pool=lan interface=ether2 name=lan
add address-pool=static-only interface=ether3 name=fixed
/ip dhcp-server network
add address=192.0.2.160/28 gateway=192.0.2.1
