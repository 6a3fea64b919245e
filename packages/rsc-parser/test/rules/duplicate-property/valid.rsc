/interface vlan
add disabled=no interface=ether1 name=v10 vlan-id=10
