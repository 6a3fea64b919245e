/interface bridge vlan
add bridge=lan tagged=lan,ether1 vlan-ids=10-20
add bridge=lan tagged=ether1 untagged=ether2 vlan-ids=21
add bridge=lan tagged=ether3 vlan-ids=15
add bridge=guests tagged=ether1 vlan-ids=10
