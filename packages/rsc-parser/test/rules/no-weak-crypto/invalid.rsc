/ip ipsec profile
add dh-group=modp1024 enc-algorithm=3des hash-algorithm=md5 name=old
/interface wireless security-profiles
add authentication-types=wpa-psk,wpa2-psk group-ciphers=tkip,aes-ccm mode=dynamic-keys name=w
