/interface wireless
set [ find default-name=wlan1 ] disabled=no mode=ap-bridge security-profile=home ssid=office
set [ find default-name=wlan2 ] mode=ap-bridge ssid=office
set [ find default-name=wlan3 ] disabled=no mode=station ssid=uplink
/interface wireless security-profiles
set [ find default=yes ] supplicant-identity=MikroTik
add authentication-types=wpa2-psk mode=dynamic-keys name=home
