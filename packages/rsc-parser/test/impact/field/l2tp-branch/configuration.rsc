# 2025-01-02 00:00:00 by RouterOS 7.15
# model = RB5009
/interface bridge
add name=bridge
/interface l2tp-client
add connect-to=vpn.example.net disabled=no name=l2tp-hq use-ipsec=yes user=branch7
/interface bridge port
add bridge=bridge interface=ether3
/ip address
add address=10.1.0.1/24 interface=bridge network=10.1.0.0
/ip dhcp-client
add interface=ether1
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input connection-state=invalid
add action=accept chain=input protocol=icmp
add action=accept chain=input in-interface=l2tp-hq
add action=accept chain=input in-interface=bridge
add action=drop chain=input
/ip firewall nat
add action=masquerade chain=srcnat out-interface=ether1
/ip route
add dst-address=10.200.0.0/16 gateway=l2tp-hq
