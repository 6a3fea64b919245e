/ip firewall filter
add action=accept chain=input protocol=tcp
add action=drop chain=input dst-port=23 protocol=tcp
/ip firewall filter
add action=drop chain=forward src-address=192.0.2.0/24
add action=accept chain=forward dst-port=80 protocol=tcp src-address=192.0.2.7
