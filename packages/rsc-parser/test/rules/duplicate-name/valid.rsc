/interface bridge
add name=lan
/interface vlan
add interface=ether1 name=lan10 vlan-id=10
