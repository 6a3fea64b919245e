/ip address
add address=192.0.2.1/24 comment="uplink" interface=ether1
/system script
add name=x source=":if (1 = 1) do={ :put \"ok\" }"
