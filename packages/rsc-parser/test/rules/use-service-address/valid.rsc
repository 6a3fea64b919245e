/ip service
set telnet disabled=yes
set ftp disabled=yes
set www disabled=yes
set ssh address=192.0.2.0/24
set winbox address=192.0.2.0/24
set api disabled=yes
set api-ssl disabled=yes
/ip firewall filter
add action=drop chain=input in-interface-list=!LAN
