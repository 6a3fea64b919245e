# 2025-01-02 00:00:00 by RouterOS 7.15
# model = RB5009
/interface bridge
add name=bridge
/routing table
add fib name=to-isp2
/interface bridge port
add bridge=bridge interface=ether3
add bridge=bridge interface=ether4
/ip address
add address=198.51.100.2/30 interface=ether1 network=198.51.100.0
add address=192.0.2.2/30 interface=ether2 network=192.0.2.0
add address=10.1.0.1/24 interface=bridge network=10.1.0.0
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=accept chain=input protocol=icmp
add action=accept chain=input dst-port=22 protocol=tcp src-address=203.0.113.0/24
add action=accept chain=input in-interface=bridge
add action=drop chain=input
/ip firewall mangle
add action=mark-connection chain=input in-interface=ether2 new-connection-mark=isp2 passthrough=yes
add action=mark-routing chain=output connection-mark=isp2 new-routing-mark=to-isp2 passthrough=yes
/ip firewall nat
add action=masquerade chain=srcnat out-interface=ether1
add action=masquerade chain=srcnat out-interface=ether2
/ip route
add check-gateway=ping distance=1 dst-address=0.0.0.0/0 gateway=198.51.100.1
add distance=2 dst-address=0.0.0.0/0 gateway=192.0.2.1
add dst-address=0.0.0.0/0 gateway=192.0.2.1 routing-table=to-isp2
