/interface bridge vlan
add bridge=bridge tagged=ether2,ether3 untagged=ether3 vlan-ids=10
