/ip firewall address-list
add address=192.0.2.0/28 list=admins
/ip firewall filter
add action=accept chain=input src-address-list=admins
/ip firewall filter
add action=add-src-to-address-list address-list=knock address-list-timeout=1m chain=input dst-port=4000 protocol=tcp
add action=accept chain=input src-address-list=knock
add action=drop chain=input disabled=yes src-address-list=nobody
