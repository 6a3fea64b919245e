/ip firewall filter
add action=drop chain=input
add action=accept chain=input place-before=0 protocol=icmp
/ip firewall nat
add action=accept chain=srcnat
add action=masquerade chain=srcnat out-interface=ether1
move 1 destination=0
