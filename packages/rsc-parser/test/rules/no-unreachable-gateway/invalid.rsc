/ip address
add address=192.0.2.2/24 interface=ether1
/ip route
add gateway=198.51.100.1
