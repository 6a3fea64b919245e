/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=drop chain=input connection-state=!established,related src-address=!192.0.2.0/24
/ip firewall nat
add action=masquerade chain=srcnat out-interface-list=WAN
