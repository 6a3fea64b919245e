/ip firewall filter
add action=accept chain=input protocol=icmp
add action=drop chain=input dst-port=23 protocol=tcp
