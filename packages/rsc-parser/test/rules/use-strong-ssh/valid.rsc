/ip ssh
set strong-crypto=yes
