/ip firewall address-list
add address=192.0.2.0/28 list=blocked
/ip firewall filter
add action=drop chain=input src-address-list=blocked
