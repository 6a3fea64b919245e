/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=accept chain=input dst-port=22 protocol=tcp src-address-list=admins
add action=drop chain=input in-interface-list=!LAN
