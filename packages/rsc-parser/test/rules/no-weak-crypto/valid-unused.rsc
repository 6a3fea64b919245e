/interface wireless security-profiles
set [ find default=yes ] authentication-types=wpa-psk group-ciphers=tkip
/interface l2tp-server server
set authentication=pap enabled=no
/interface ovpn-server server
set auth=md5 cipher=blowfish128
/ip hotspot profile
set [ find default=yes ] login-by=http-pap
/ip service
set www-ssl disabled=no tls-version=any
