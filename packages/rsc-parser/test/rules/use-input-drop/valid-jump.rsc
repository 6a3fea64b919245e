/ip dhcp-client
add interface=ether1
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=jump chain=input in-interface=ether1 jump-target=from-outside
add action=accept chain=from-outside protocol=icmp
add action=drop chain=from-outside
