/interface pptp-server server
set enabled=yes
