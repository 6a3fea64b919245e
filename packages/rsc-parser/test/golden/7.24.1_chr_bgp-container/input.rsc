# 2026-10-01 10:00:00 by RouterOS 7.24.1
# system id = AbCdEfGh+iJ
#
/interface bridge
add frame-types=admit-only-vlan-tagged name=lo0 port-cost-mode=short \
    protocol-mode=none
add name=br-core priority=0x1000 vlan-filtering=yes
/interface ethernet
set [ find default-name=ether1 ] disable-running-check=no name=ether1-transit
set [ find default-name=ether2 ] disable-running-check=no
/interface vxlan
add allow-fast-path=no dont-fragment=disabled mac-address=00:00:5E:00:53:01 \
    mtu=1450 name=vxlan100 port=8472 vni=100
/interface bonding
add mode=802.3ad name=bond1 slaves=ether3,ether4 transmit-hash-policy=\
    layer-3-and-4
/interface vlan
add interface=br-core name=vlan100 vlan-id=100
/interface macvlan
add interface=ether2 mode=private name=macvlan1
/interface veth
add address=172.17.0.2/24 container-mac-address=00:00:5E:00:53:10 dhcp=no \
    gateway=172.17.0.1 gateway6="" mac-address=00:00:5E:00:53:11 name=veth1
/container mounts
add dst=/etc/dns name=dns src=/usb1/dns
/container envs
add key=TZ list=dns value=Europe/Riga
/disk
set usb1 media-interface=none media-sharing=no
/interface list
add name=TRANSIT
add exclude=dynamic include=TRANSIT name=ALLUP
/interface wifi channel
add band=5ghz-ax disabled=no name=ch5 width=20/40/80mhz
/interface wifi security
add authentication-types=wpa2-psk,wpa3-psk disabled=no ft=yes ft-over-ds=yes \
    name=sec1
/interface wifi configuration
add channel=ch5 channel.skip-dfs-channels=10min-cac country=Latvia disabled=no \
    mode=ap name=cfg1 security=sec1 security.connect-priority=0/1 ssid="Guest Wi-Fi \\\"A\\\""
/interface wifi
add configuration=cfg1 configuration.mode=ap disabled=no master-interface=\
    wifi1 name=wifi1-guest
/ip vrf
add interfaces=vlan100 name=cust-a
/port
set 0 name=serial0
/routing bgp instance
add as=64496 disabled=no name=main router-id=192.0.2.1
/routing bgp template
set default as=64496 disabled=no output.network=bgp-networks router-id=192.0.2.1
add address-families=ip,ipv6 as=64496 disabled=no input.filter=in-transit \
    name=transit output.filter-chain=out-transit .redistribute=static,connected \
    routing-table=main
/routing ospf instance
add disabled=no in-filter-chain=ospf-in name=ospf4 originate-default=never \
    redistribute=connected,static,bgp router-id=192.0.2.1
add disabled=no name=ospf6 version=3
/routing ospf area
add disabled=no instance=ospf4 name=backbone4
add area-id=0.0.0.1 disabled=no instance=ospf4 name=stub1 no-summaries type=stub
/routing table
add disabled=no fib name=wan2
/snmp community
set [ find default=yes ] addresses=192.0.2.0/24 disabled=yes
add addresses=::/0 name=monitor
/container
add envlist=dns hostname=dns interface=veth1 logging=yes mounts=dns \
    remote-image=example/dns:latest root-dir=/usb1/dns-root start-on-boot=\
    yes workdir=/
/container config
set registry-url=https://registry.example.net tmpdir=usb1/pull
/interface bridge port
add bridge=br-core frame-types=admit-only-vlan-tagged interface=bond1
add bridge=br-core interface=vxlan100 pvid=100
/ip firewall connection tracking
set udp-timeout=10s
/ip neighbor discovery-settings
set discover-interface-list=!dynamic
/ip settings
set max-neighbor-entries=8192 rp-filter=loose
/ipv6 settings
set max-neighbor-entries=8192
/interface bridge vlan
add bridge=br-core tagged=br-core,bond1 vlan-ids=100,200-210
/interface list member
add interface=ether1-transit list=TRANSIT
/interface ovpn-server server
add auth=sha256,sha512 certificate=srv cipher=aes256-gcm default-profile=\
    default disabled=no mac-address=00:00:5E:00:53:20 name=ovpn1
/interface wireguard peers
add allowed-address=10.9.0.2/32,2001:db8:9::2/128 client-address=10.9.0.2/32 \
    interface=wg0 name=peer1 public-key="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
/ip address
add address=192.0.2.1 interface=lo network=192.0.2.1
add address=198.51.100.2/30 interface=ether1-transit network=198.51.100.0
add address=10.100.0.1/24 interface=vlan100 network=10.100.0.0
/ip dns
set allow-remote-requests=yes servers=9.9.9.9,149.112.112.112,2620:fe::fe
/ip dns static
add address=10.100.0.1 name=router.lan type=A
add forward-to=192.0.2.53 regexp=".*\\.corp\\.example\$" type=FWD
add cname=router.lan name=www.lan type=CNAME
/ip firewall address-list
add address=192.0.2.0/24 list=bgp-networks
add address=mgmt.example.net comment="resolved by name" list=mgmt
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input connection-state=invalid
add action=accept chain=input protocol=icmp
add action=accept chain=input comment=BGP dst-port=179 protocol=tcp \
    src-address-list=bgp-peers
add action=accept chain=input dst-port=22,8291 in-interface-list=!TRANSIT \
    protocol=tcp src-address-list=mgmt
add action=drop chain=input log=yes log-prefix="DROP IN #"
/ip firewall nat
add action=masquerade chain=srcnat out-interface-list=TRANSIT
/ip ipsec profile
set [ find default=yes ] dpd-interval=2m dpd-maximum-failures=5
/ip route
add blackhole comment="anchor" disabled=no dst-address=192.0.2.0/24
add check-gateway=ping disabled=no distance=1 dst-address=0.0.0.0/0 gateway=\
    198.51.100.1@main routing-table=cust-a scope=30 suppress-hw-offload=no \
    target-scope=10 vrf-interface=ether1-transit
/ip service
set ftp disabled=yes
set ssh address=192.0.2.0/24,2001:db8::/32 max-sessions=5
set telnet disabled=yes
set www disabled=yes
set www-ssl certificate=srv disabled=no vrf=main
set winbox available-from=192.0.2.0/24
set api disabled=yes
set api-ssl disabled=yes
/ipv6 address
add address=2001:db8:100::1 advertise=no interface=lo0
add address=::1 from-pool=pd interface=vlan100
/ipv6 firewall filter
add action=accept chain=input protocol=icmpv6
/ipv6 nd
set [ find default=yes ] disabled=yes
/ipv6 route
add blackhole disabled=no dst-address=2001:db8::/32
/routing bfd configuration
add disabled=no interfaces=ether1-transit min-rx=200ms min-tx=200ms
/routing bgp connection
add connect=yes disabled=no instance=main listen=yes local.address=198.51.100.2 \
    .role=ebgp name=transit1 remote.address=198.51.100.1/32 .as=64497 templates=\
    transit
add cluster-id=192.0.2.1 input.filter=in-ibgp local.role=ibgp-rr name=rr1 \
    nexthop-choice=force-self output.keep-sent-attributes=yes remote.address=\
    192.0.2.2 .port=179 routing-table=main templates=default vrf=main
/routing filter num-list
add disabled=no list=bogon-as range=0
add disabled=no list=bogon-as range=64512-65534
/routing filter rule
add chain=in-transit disabled=no rule="if (dst-len > 24 || bgp-as-path [[:bog\
    on-as:]]) { reject } else { set bgp-local-pref 100; accept }"
add chain=out-transit disabled=no rule=\
    "if (dst in 192.0.2.0/24 && protocol static) { accept }"
/routing ospf interface-template
add area=backbone4 auth=sha256 auth-id=1 disabled=no interfaces=vlan100,br-core \
    networks=10.0.0.0/8 passive
add area=stub1 cost=100 disabled=no type=ptp use-bfd=no
/routing rpki
add address=192.0.2.200 disabled=no group=rpki1 port=3323
/routing rule
add action=lookup-only-in-table disabled=no src-address=10.100.0.0/24 table=wan2
/snmp
set contact="noc@example.net" enabled=yes location="R1 \"DC\"" trap-version=2
/system clock
set time-zone-name=Europe/Riga
/system identity
set name=core1.example.net
/system logging action
set 3 remote=192.0.2.10 src-address=192.0.2.1
add name=syslog2 remote=192.0.2.11 remote-log-format=syslog \
    syslog-facility=local0 target=remote
/system logging
set 0 topics=info,!firewall
add action=remote topics=bgp,!debug
/system ntp client
set enabled=yes
/system ntp client servers
add address=0.pool.ntp.org
/system scheduler
add interval=1d name=nightly on-event=":log info \"nightly\"\r\
    \n/system script run backup" policy=\
    ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon \
    start-date=2026-01-01 start-time=03:00:00
/system script
add dont-require-permissions=no name=backup owner=admin policy=\
    ftp,read,write,policy,test source=":local n [/system identity get name]\r\
    \n:foreach i in=[/ip address find where dynamic=no] do={\r\
    \n  :put \"\$n: \$[/ip address get \$i address]\"\r\
    \n}\r\
    \n:onerror e in={ /tool fetch url=\"https://example.net/\?a=1&b=\$n\" } do={ :log error \"x: \$e\" }\r\
    \n"
/tool bandwidth-server
set enabled=no
/tool netwatch
add disabled=no down-script="/log info down" host=192.0.2.99 http-codes="" \
    interval=30s test-script="" type=icmp up-script=""
/user group
add name=api-ro policy="read,api,rest-api,!local,!telnet,!ssh,!ftp,!reboot,!wr\
    ite,!policy,!test,!winbox,!password,!web,!sniff,!sensitive,!romon" skin=default
/user-manager
set certificate=*0 enabled=yes require-message-auth=no
/user-manager router
add address=192.0.2.5 coa-port=3799 name=nas1
/user-manager user
add attributes=Mikrotik-Rate-Limit:10M/10M name=alice
