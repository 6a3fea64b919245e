/interface bridge vlan
add bridge=lan tagged=lan,ether1 vlan-ids=10-20
add bridge=lan tagged=lan untagged=ether2 vlan-ids=30
add bridge=lan tagged=ether3 untagged=ether1 vlan-ids=15,40
