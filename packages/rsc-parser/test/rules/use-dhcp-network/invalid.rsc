/ip address
add address=192.0.2.1/24 interface=ether2
/ip pool
add name=lan ranges=192.0.2.10-192.0.2.99
/ip dhcp-server
add address-pool=lan interface=ether2 name=lan
