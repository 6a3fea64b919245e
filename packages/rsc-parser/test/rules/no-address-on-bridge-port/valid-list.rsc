/interface bridge
add name=lan
/interface list
add name=LAN
/interface bridge port
add bridge=lan interface=LAN
/interface list member
add interface=lan list=LAN
/ip address
add address=192.0.2.1/24 interface=lan
