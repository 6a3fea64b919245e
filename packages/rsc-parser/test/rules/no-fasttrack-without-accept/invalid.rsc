/ip firewall filter
add action=fasttrack-connection chain=forward
add action=drop chain=forward connection-state=invalid
/ip firewall filter
add action=fasttrack-connection chain=forward connection-state=established,related
add action=drop chain=forward
