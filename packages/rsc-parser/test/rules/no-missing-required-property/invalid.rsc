/interface vlan
add name=v10 vlan-id=10
