/ip firewall filter
add action=drop chain=input in-intreface=ether1
