/interface bridge vlan
add bridge=bridge tagged=ether2 untagged=ether3 vlan-ids=10
