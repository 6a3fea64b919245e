/ip service
set telnet disabled=yes
set ssh address=10.0.0.0/8
