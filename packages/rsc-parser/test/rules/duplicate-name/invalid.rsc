/interface bridge
add name=lan
/interface vlan
add interface=ether1 name=lan vlan-id=10
