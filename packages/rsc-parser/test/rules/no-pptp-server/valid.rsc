/interface pptp-server server
set enabled=no
