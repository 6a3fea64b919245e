/ip firewall filter
add action=accept chain=input
add action=drop chain=input in-interface=ether1
