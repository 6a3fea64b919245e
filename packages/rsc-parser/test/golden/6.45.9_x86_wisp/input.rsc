# jul/03/2019 10:11:12 by RouterOS 6.45.9
# software id = 
#
#
#
/interface bridge
add fast-forward=no mtu=1500 name=loopback
/interface wireless
set [ find default-name=wlan1 ] antenna-gain=0 band=5ghz-n/ac channel-width=\
    20/40mhz-Ce country=no_country_set disabled=no frequency=5745 \
    frequency-mode=superchannel hw-retries=10 l2mtu=1600 mode=ap-bridge \
    nv2-preshared-key="secret key" nv2-security=enabled radio-name="AP \"1\"" \
    scan-list=default,5400-5900 ssid=wisp-1 tdma-period-size=4 \
    wireless-protocol=nv2 wps-mode=disabled
/interface wireless nstreme
set wlan1 enable-nstreme=yes
/interface wireless security-profiles
set [ find default=yes ] supplicant-identity=MikroTik
/caps-man channel
add band=2ghz-onlyn control-channel-width=20mhz extension-channel=disabled \
    frequency=2412,2437 name=ch24
/caps-man configuration
add channel=ch24 country=latvia datapath.bridge=loopback \
    datapath.local-forwarding=no mode=ap name=cfg1 security.authentication-types=\
    wpa2-psk security.passphrase=12345678 ssid="Home net"
/caps-man interface
add channel.band=2ghz-b/g/n channel.frequency=2412 configuration=cfg1 disabled=no \
    l2mtu=1600 mac-address=00:00:5E:00:53:01 master-interface=none name=cap1 \
    radio-mac=00:00:5E:00:53:01 radio-name=00005E005301
/caps-man provisioning
add action=create-dynamic-enabled hw-supported-modes=gn master-configuration=cfg1 \
    name-format=prefix-identity name-prefix=2g
/ip pool
add name=pppoe ranges=10.64.0.2-10.64.15.254,10.65.0.2-10.65.0.254
/ppp profile
add change-tcp-mss=yes dns-server=192.0.2.53 local-address=10.64.0.1 name=10M \
    on-up=":local u \$user; /queue simple set [find name=(\"<pppoe-\$u>\")] queue=x/x" \
    only-one=yes rate-limit="2M/10M 4M/15M 1500k/8M 16/16 8" remote-address=pppoe
set *FFFFFFFE use-encryption=default
/queue tree
add limit-at=10M max-limit=20M name=dl packet-mark=dl parent=global priority=1 \
    queue=default
/routing ospf instance
set [ find default=yes ] distribute-default=never redistribute-connected=\
    as-type-1 router-id=192.0.2.1
/routing ospf area
add area-id=0.0.0.10 instance=default name=area10 type=nssa
/interface pppoe-server server
add authentication=pap default-profile=10M disabled=no interface=wlan1 \
    max-mru=1480 max-mtu=1480 one-session-per-host=yes service-name=isp
/ip route
add distance=1 gateway=192.0.2.254
add distance=1 dst-address=198.51.100.0/24 type=blackhole
/ip route rule
add routing-mark=x src-address=10.64.0.0/20 table=vpn
/routing bgp instance
set default as=64496 client-to-client-reflection=no
/routing bgp network
add network=192.0.2.0/24 synchronize=no
/routing bgp peer
add in-filter=peer-in name=p1 out-filter=peer-out remote-address=192.0.2.9 \
    remote-as=64497 tcp-md5-key="k\$y" ttl=default
/routing filter
add action=accept chain=peer-in prefix=10.0.0.0/8 prefix-length=8-24
add action=discard chain=peer-in
/routing ospf network
add area=backbone network=192.0.2.0/24
/snmp community
set [ find default=yes ] addresses=192.0.2.0/24
/tool user-manager database
set db-path=user-manager
#error exporting /interface bridge calea
