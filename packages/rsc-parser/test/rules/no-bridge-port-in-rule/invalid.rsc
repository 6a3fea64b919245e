/interface bridge
add name=bridge
/interface bridge port
add bridge=bridge interface=ether2
/ip firewall filter
add action=drop chain=input in-interface=ether2
