/ip firewall nat
add action=masquerade chain=srcnat out-interface=*17
