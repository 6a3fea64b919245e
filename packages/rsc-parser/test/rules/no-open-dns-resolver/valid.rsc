/ip dns
set allow-remote-requests=yes servers=192.0.2.53
/ip firewall filter
add action=drop chain=input in-interface=ether1
/ip dns
set servers=192.0.2.53
