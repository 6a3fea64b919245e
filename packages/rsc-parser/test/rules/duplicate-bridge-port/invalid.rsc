/interface bridge port
add bridge=lan interface=ether2
add bridge=guests interface=ether2
