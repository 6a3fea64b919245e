# mar/01/2021 12:00:00 by RouterOS 6.48.1
/interface bridge port
add auto-isolate=no bridge=bridge broadcast-flood=yes disabled=no edge=auto fast-leave=no frame-types=admit-all ingress-filtering=no interface=ether2 !internal-path-cost multicast-router=temporary-query !path-cost point-to-point=auto priority=0x80 pvid=1
/ip firewall filter
add action=accept !address-list !address-list-timeout chain=input !comment !connection-bytes disabled=no !src-address log=no log-prefix=""
/ip dhcp-server
add !address-pool authoritative=yes disabled=no interface=bridge lease-script="" lease-time=10m name=dhcp1 use-radius=no
/interface list
set [ find name=all ] comment="contains all interfaces" exclude="" include="" name=all
