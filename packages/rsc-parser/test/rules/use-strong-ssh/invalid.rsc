/ip ssh
set forwarding-enabled=no
