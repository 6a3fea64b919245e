/ip firewall filter
add action=drop chain=input in-intreface=ether1
/ip firewall filter
add action=drop chain=input src-addres=192.0.2.0/24
/ip dns
set serverss=192.0.2.53
/ip firewall filter
add action=drop chian=input
