/ip service
set telnet disabled=yes
set ftp disabled=yes
set www address=192.0.2.0/24
set api disabled=yes
