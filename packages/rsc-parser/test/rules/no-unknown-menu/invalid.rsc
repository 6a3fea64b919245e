/ip firewoll filter
add action=drop chain=input
