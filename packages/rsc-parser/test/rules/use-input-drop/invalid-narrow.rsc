/ip dhcp-client
add interface=ether1
/ip firewall filter
add action=drop chain=input src-address-list=blocked
add action=drop chain=input in-interface=guests
add action=drop chain=input connection-state=invalid
