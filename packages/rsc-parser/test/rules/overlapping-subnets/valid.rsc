/ip address
add address=192.0.2.1/25 interface=ether1
add address=192.0.2.129/25 interface=ether2
