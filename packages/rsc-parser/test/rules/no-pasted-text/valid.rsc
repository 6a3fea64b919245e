/ip address
add address=192.0.2.1/24 interface=ether1
