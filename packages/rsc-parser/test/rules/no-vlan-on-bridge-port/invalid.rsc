/interface bridge
add name=bridge
/interface vlan
add interface=ether2 name=v10 vlan-id=10
/interface bridge port
add bridge=bridge interface=ether2
