# 2024-01-01 00:00:00 by RouterOS 7.13
/interface bridge
add name=bridge vlan-filtering=yes
/interface vlan
add interface=bridge name=mgmt vlan-id=99
/interface bridge vlan
add bridge=bridge tagged=bridge,ether2 vlan-ids=99
