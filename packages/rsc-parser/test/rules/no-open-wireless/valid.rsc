/interface wireless security-profiles
add authentication-types=wpa2-psk mode=dynamic-keys name=guests
