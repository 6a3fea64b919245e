/ip firewall filter
add action=drop chain=guard src-address=192.0.2.0/24
