/ip firewall connection tracking
set enabled=auto
/ip firewall filter
add action=accept chain=input connection-state=established
