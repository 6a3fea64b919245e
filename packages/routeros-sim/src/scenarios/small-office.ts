import type { SimulatorOptions } from '../simulator.js'

/** A home or office router as it comes, with a few things somebody set up: the commonest router there is. */
export const smallOffice: SimulatorOptions = {
  model: 'RB5009UG+S+',
  version: '7.16.1',
  config: `# 2026-01-04 18:22:10 by RouterOS 7.16.1
# software id = TOD0-0001
#
# model = RB5009UG+S+
# serial number = HC0000000A1
/interface bridge
add admin-mac=02:00:00:00:01:01 auto-mac=no comment=defconf name=bridge
/interface wireguard
add listen-port=13231 mtu=1420 name=wg-home
/interface list
add comment=defconf name=WAN
add comment=defconf name=LAN
/ip pool
add name=dhcp ranges=192.168.88.10-192.168.88.254
/ip dhcp-server
add address-pool=dhcp interface=bridge lease-time=30m name=defconf
/interface bridge port
add bridge=bridge comment=defconf interface=ether2
add bridge=bridge comment=defconf interface=ether3
add bridge=bridge comment=defconf interface=ether4
add bridge=bridge comment=defconf interface=ether5
add bridge=bridge comment=defconf interface=ether6
add bridge=bridge comment=defconf interface=ether7
add bridge=bridge comment=defconf interface=ether8
/ip neighbor discovery-settings
set discover-interface-list=LAN
/interface list member
add comment=defconf interface=bridge list=LAN
add comment=defconf interface=ether1 list=WAN
add interface=wg-home list=LAN
/interface wireguard peers
add allowed-address=192.168.216.2/32 comment="laptop of the owner" interface=\\
    wg-home public-key="AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="
/ip address
add address=192.168.88.1/24 comment=defconf interface=bridge network=\\
    192.168.88.0
add address=192.168.216.1/24 interface=wg-home network=192.168.216.0
/ip dhcp-client
add comment=defconf interface=ether1
/ip dhcp-server lease
add address=192.168.88.20 comment="office printer" mac-address=\\
    02:00:00:00:02:20 server=defconf
/ip dhcp-server network
add address=192.168.88.0/24 comment=defconf dns-server=192.168.88.1 gateway=\\
    192.168.88.1
/ip dns
set allow-remote-requests=yes servers=203.0.113.53,203.0.113.54
/ip dns static
add address=192.168.88.1 comment=defconf name=router.lan type=A
/ip firewall filter
add action=accept chain=input comment=\\
    "defconf: accept established,related,untracked" connection-state=\\
    established,related,untracked
add action=drop chain=input comment="defconf: drop invalid" connection-state=\\
    invalid
add action=accept chain=input comment="defconf: accept ICMP" protocol=icmp
add action=accept chain=input comment=WireGuard dst-port=13231 protocol=udp
add action=drop chain=input comment="defconf: drop all not coming from LAN" \\
    in-interface-list=!LAN
add action=accept chain=forward comment="defconf: accept in ipsec policy" \\
    ipsec-policy=in,ipsec
add action=fasttrack-connection chain=forward comment="defconf: fasttrack" \\
    connection-state=established,related hw-offload=yes
add action=accept chain=forward comment=\\
    "defconf: accept established,related, untracked" connection-state=\\
    established,related,untracked
add action=drop chain=forward comment="defconf: drop invalid" \\
    connection-state=invalid
add action=drop chain=forward comment=\\
    "defconf: drop all from WAN not DSTNATed" connection-nat-state=!dstnat \\
    connection-state=new in-interface-list=WAN
/ip firewall nat
add action=masquerade chain=srcnat comment="defconf: masquerade" \\
    ipsec-policy=out,none out-interface-list=WAN
/ip service
set telnet disabled=yes
set ftp disabled=yes
set www address=192.168.88.0/24
set api disabled=yes
set api-ssl disabled=yes
/system clock
set time-zone-name=Europe/Berlin
/system identity
set name=small-office
/tool mac-server
set allowed-interface-list=LAN
/tool mac-server mac-winbox
set allowed-interface-list=LAN
`,
  listeners: [
    { name: 'lan', ingressInterface: 'ether2', sourceAddress: '192.168.88.50' },
    { name: 'wan', ingressInterface: 'ether1', sourceAddress: '198.51.100.7' },
  ],
}

/** The same office on v6. */
export const smallOfficeV6: SimulatorOptions = {
  model: 'RouterBOARD 750G r3',
  version: '6.49.13',
  config: `# jan/04/2026 18:22:10 by RouterOS 6.49.13
# software id = TOD0-0002
#
# model = RouterBOARD 750G r3
# serial number = HC0000000A2
/interface bridge
add admin-mac=02:00:00:00:01:02 auto-mac=no comment=defconf name=bridge
/interface list
add comment=defconf name=WAN
add comment=defconf name=LAN
/interface wireless security-profiles
set [ find default=yes ] supplicant-identity=MikroTik
/ip pool
add name=dhcp ranges=192.168.88.10-192.168.88.254
/ip dhcp-server
add address-pool=dhcp disabled=no interface=bridge name=defconf
/interface bridge port
add bridge=bridge comment=defconf interface=ether2
add bridge=bridge comment=defconf interface=ether3
add bridge=bridge comment=defconf interface=ether4
add bridge=bridge comment=defconf interface=ether5
/ip neighbor discovery-settings
set discover-interface-list=LAN
/interface list member
add comment=defconf interface=bridge list=LAN
add comment=defconf interface=ether1 list=WAN
/ip address
add address=192.168.88.1/24 comment=defconf interface=bridge network=\\
    192.168.88.0
/ip dhcp-client
add comment=defconf disabled=no interface=ether1
/ip dhcp-server network
add address=192.168.88.0/24 comment=defconf gateway=192.168.88.1
/ip dns
set allow-remote-requests=yes
/ip firewall filter
add action=accept chain=input comment=\\
    "defconf: accept established,related,untracked" connection-state=\\
    established,related,untracked
add action=drop chain=input comment="defconf: drop invalid" connection-state=\\
    invalid
add action=drop chain=input comment="defconf: drop all not coming from LAN" \\
    in-interface-list=!LAN
/ip firewall nat
add action=masquerade chain=srcnat comment="defconf: masquerade" \\
    ipsec-policy=out,none out-interface-list=WAN
/system identity
set name=small-office-v6
`,
  listeners: [
    { name: 'lan', ingressInterface: 'ether2', sourceAddress: '192.168.88.50' },
    { name: 'wan', ingressInterface: 'ether1', sourceAddress: '198.51.100.7' },
  ],
}
