/interface vlan
add interface=ether1 name=a vlan-id=10
add interface=ether1 name=b vlan-id=20
