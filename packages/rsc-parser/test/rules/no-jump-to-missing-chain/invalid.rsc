/ip firewall filter
add action=jump chain=input jump-target=guard
