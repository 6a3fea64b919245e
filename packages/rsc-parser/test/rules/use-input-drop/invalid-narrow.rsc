/ip dhcp-client
add interface=ether1
/ip dhcp-server
add address-pool=guests interface=guests name=guests
/interface list member
add interface=guests list=VISITORS
/ip firewall filter
add action=drop chain=input src-address-list=blocked
add action=drop chain=input in-interface=guests
add action=drop chain=input in-interface-list=VISITORS
add action=drop chain=input connection-state=invalid
