/ip address
add address=TODO interface=ether1
add address=TODO interface=ether2
