/interface bridge
add name=bridge
/interface vlan
add interface=bridge name=v10 vlan-id=10
/interface bridge port
add bridge=bridge interface=ether2
