/interface bridge port
add bridge=bridge frame-types=admit-only-vlan-tagged interface=ether2 pvid=10
