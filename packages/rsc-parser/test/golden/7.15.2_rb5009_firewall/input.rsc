# 2024-10-25 12:09:43 by RouterOS 7.15.2
# software id = ZZZZ-0001
#
# model = RB5009UPr+S+
# serial number = 000000000001
/interface list
add name=WAN
add name=LAN
/interface list member
add interface=ether1 list=WAN
add interface=bridge list=LAN
/ip firewall address-list
add address=192.168.88.10-192.168.88.20 list=managers
add address=2001-host.example.net list=managers
/ip firewall filter
add action=accept chain=input comment=\
    "defconf: accept established,related,untracked" connection-state=\
    established,related,untracked
add action=drop chain=input comment="defconf: drop invalid" connection-state=\
    invalid
add action=accept chain=input protocol=icmp
add action=accept chain=input dst-port=22 protocol=tcp src-address-list=\
    managers
add action=drop chain=input comment="defconf: drop all not coming from LAN" \
    in-interface-list=!LAN log-prefix=#INPUT-DROP
/ip firewall nat
add action=masquerade chain=srcnat ipsec-policy=out,none out-interface-list=\
    WAN
/ip route
add blackhole dst-address=10.0.0.0/8
add check-gateway=ping distance=2 gateway=192.0.2.1%ether1 routing-table=main
/ip service
set www disabled=yes
/ipv6 firewall filter
add action=drop chain=forward comment=\
    "defconf: rfc4890 drop hop-limit=1" hop-limit=equal:1 protocol=icmpv6
/system identity
set name="core router"
/system logging
set 0 topics=info,!debug
