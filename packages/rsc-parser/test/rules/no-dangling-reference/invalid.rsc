/ip address
add address=192.0.2.1/24 interface=brigde
/interface bridge
add name=bridge
/interface list member
add interface=ether1 list=WAN
