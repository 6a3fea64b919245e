/interface bridge
add name=bridge1
/interface bridge port
add bridge=bridge1 interface=ether2
/ip address
add address=192.168.88.1/24 interface=bridge1
add address=198.51.100.2/24 interface=ether1
/ip firewall filter
add chain=input action=accept connection-state=established,related
add chain=input action=accept protocol=tcp dst-port=22 src-address=203.0.113.0/24
add chain=input action=drop in-interface=ether1
/ip route
add gateway=198.51.100.1
