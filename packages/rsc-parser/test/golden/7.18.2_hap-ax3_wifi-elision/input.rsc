# 2025-03-01 08:00:00 by RouterOS 7.18.2
# software id = 
#
/interface wifi
set [ find default-name=wifi1 ] channel.frequency=5180-5300 .width=20/40/80mhz \
    configuration.country=Latvia .mode=ap .ssid="guest net" disabled=no \
    security.authentication-types=wpa2-psk,wpa3-psk .ft=yes \
    .ft-over-ds=yes
/interface wifi security
add authentication-types="" disabled=no name=open !passphrase
/routing table
add disabled=no fib name=backup
/certificate settings
set builtin-trust-anchors=not-trusted
/queue interface
set *1A queue=only-hardware-queue
set (unknown) queue=ethernet-default
