/interface vlan
add disabled=no disabled=no interface=ether1 name=v10 vlan-id=10
/ip address
add address=192.0.2.1/24 address=192.0.2.2/24 interface=ether1
