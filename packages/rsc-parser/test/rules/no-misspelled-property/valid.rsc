/ip firewall filter
add action=drop chain=input in-interface=ether1
