/ip dhcp-server lease
add address=192.0.2.10 mac-address=00:00:5E:00:53:01
add address=192.0.2.10 mac-address=00:00:5E:00:53:02
