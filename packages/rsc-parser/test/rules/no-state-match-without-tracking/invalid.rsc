/ip firewall connection tracking
set enabled=no
/ip firewall filter
add action=accept chain=input connection-state=established
