/interface wireguard
add listen-port=13231 name=vpn
/ip address
add address=192.0.2.2/30 interface=ether8
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=drop chain=input in-interface=ether8
/ip firewall nat
add action=masquerade chain=srcnat out-interface=vpn
/ip route
add gateway=192.0.2.1
