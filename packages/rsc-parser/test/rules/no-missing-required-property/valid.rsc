/interface vlan
add interface=ether1 name=v10 vlan-id=10
