/ip proxy
set enabled=yes
/ip socks
set enabled=yes
