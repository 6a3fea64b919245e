/interface l2tp-server server
set enabled=yes
/ip ipsec proposal
add enc-algorithms=aes-256-cbc name=branch
/ip hotspot profile
set [ find default=yes ] login-by=http-pap
/ip hotspot
add disabled=no interface=bridge name=guests
/ip service
set www-ssl certificate=web disabled=no tls-version=any
