/ip address
add address=192.0.2.1/24 comment="uplink interface=ether1
