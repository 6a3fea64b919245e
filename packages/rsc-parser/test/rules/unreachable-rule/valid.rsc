/ip firewall filter
add action=drop chain=input dst-port=23 protocol=tcp
add action=accept chain=input protocol=tcp
/ip firewall filter
add action=accept chain=input limit=10,5:packet protocol=icmp
add action=drop chain=input protocol=icmp
add action=drop chain=input disabled=yes
add action=accept chain=input dst-port=53 protocol=udp
