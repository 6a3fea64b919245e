# 2025-01-02 00:00:00 by RouterOS 7.13
# model = RB5009
/interface bridge
add name=bridge
/interface list
add name=LAN
add name=WAN
/interface bridge port
add bridge=bridge interface=ether2
/interface list member
add interface=bridge list=LAN
add interface=ether1 list=WAN
/ipv6 address
add address=2001:db8:10::1/64 interface=bridge
add address=2001:db8:ff::2/64 advertise=no interface=ether1
/ipv6 route
add dst-address=::/0 gateway=2001:db8:ff::1
/ipv6 firewall address-list
add address=2001:db8:aaaa::/48 list=admins6
/ipv6 firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input connection-state=invalid
add action=accept chain=input protocol=icmpv6
add action=accept chain=input dst-port=33434-33534 protocol=udp
add action=accept chain=input dst-address=fe80::/10 dst-port=546 protocol=udp src-address=fe80::/10
add action=accept chain=input dst-port=22 protocol=tcp src-address-list=admins6
add action=drop chain=input in-interface-list=!LAN
/ip service
set telnet disabled=yes
