# feb/25/2021 09:40:07 by RouterOS 6.49.6
# software id = ZZZZ-0000
#
# model = RBD52G-5HacD2HnD
# serial number = 000000000000
/interface bridge
add admin-mac=02:00:00:00:00:01 auto-mac=no comment=defconf name=bridge
/interface wireless
# managed by CAPsMAN
# channel: 2412/20/gn(15dBm), SSID: office, local forwarding
set [ find default-name=wlan1 ] band=2ghz-b/g/n disabled=no mode=ap-bridge \
    ssid="B\FCro \"Nord\"" wireless-protocol=802.11
set [ find default-name=wlan2 ] disabled=no ssid="caf\C3\A9 \$5 \\ hot\?"
/interface wireless security-profiles
set [ find default=yes ] authentication-types=wpa2-psk eap-methods="" mode=\
    dynamic-keys supplicant-identity=MikroTik wpa2-pre-shared-key=example-only
/ip hotspot profile
set [ find default=yes ] html-directory=flash/hotspot
/ip pool
add name=dhcp ranges=192.168.88.10-192.168.88.254
/ip dhcp-server
add address-pool=dhcp disabled=no interface=bridge name=defconf
/user group
set full policy="local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,passw\
    ord,web,sniff,sensitive,api,romon,dude,tikapp"
/interface bridge port
add bridge=bridge comment=defconf interface=ether2
add bridge=bridge comment=defconf interface=wlan1
/ip address
add address=192.168.88.1/24 comment=defconf interface=bridge network=\
    192.168.88.0
/ip dhcp-client
# DHCP client can not run on slave interface!
add comment=defconf disabled=no interface=ether1
/ip route
add distance=1 gateway=192.0.2.1
/ip service
set telnet disabled=yes
set ssh address=192.168.88.0/24
/system clock
set time-zone-name=Europe/Riga
/system scheduler
add interval=1d name=nightly on-event="/log info \"good night\"\r\
    \n:delay 5s\r\
    \n/system reboot" policy=reboot,read,write start-date=feb/01/2021 \
    start-time=03:00:00
