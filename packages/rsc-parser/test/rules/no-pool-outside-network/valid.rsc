/ip pool
add name=lan ranges=198.51.100.10-198.51.100.99
/ip address
add address=198.51.100.1/24 interface=ether2
/ip dhcp-server
add address-pool=lan interface=ether2 name=lan
