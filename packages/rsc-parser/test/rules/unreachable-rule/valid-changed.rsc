/ip firewall filter
add action=drop chain=input src-address-list=scanners
add action=add-src-to-address-list address-list=scanners chain=input protocol=tcp psd=21,3s,3,1
add action=drop chain=input src-address-list=scanners
/ip firewall mangle
add action=accept chain=prerouting connection-mark=isp1
add action=mark-connection chain=prerouting in-interface=ether1 new-connection-mark=isp1
add action=mark-routing chain=prerouting connection-mark=isp1 new-routing-mark=to-isp1
