/ip proxy
set enabled=yes
/ip proxy access
add action=allow src-address=192.0.2.0/24
add action=deny
