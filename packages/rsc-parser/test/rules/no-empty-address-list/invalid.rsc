/ip firewall filter
add action=accept chain=input src-address-list=admins
