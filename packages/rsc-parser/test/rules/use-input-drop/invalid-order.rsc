/ip firewall filter
add action=jump chain=input jump-target=outside
add action=return chain=outside
add action=drop chain=outside
add action=accept chain=input
add action=drop chain=input
