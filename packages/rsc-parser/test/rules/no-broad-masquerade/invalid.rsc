/ip firewall nat
add action=masquerade chain=srcnat
