import type { SimulatorOptions } from '../simulator.js'

/** A tower of a wireless provider on v6: PPPoE for customers, queues, OSPF to the next tower, management in a VLAN. */
export const wispTower: SimulatorOptions = {
  model: 'RB1100AHx4',
  version: '6.48.6',
  config: `# dec/30/2025 07:05:51 by RouterOS 6.48.6
# software id = TOD0-0003
#
# model = RB1100AHx4
# serial number = HC0000000A3
/interface bridge
add name=br-customers protocol-mode=none
add name=loopback0 protocol-mode=none
/interface ethernet
set [ find default-name=ether1 ] comment="uplink to tower north" name=\\
    ether1-north
set [ find default-name=ether2 ] comment="sector east" name=ether2-east
set [ find default-name=ether3 ] comment="sector west" name=ether3-west
/interface vlan
add interface=ether1-north name=vlan-mgmt vlan-id=900
/interface list
add name=MGMT
/interface wireless security-profiles
set [ find default=yes ] supplicant-identity=MikroTik
/ip pool
add name=pool-pppoe ranges=100.64.12.2-100.64.12.254
/ppp profile
add dns-server=203.0.113.53 local-address=100.64.12.1 name=home-20 \\
    rate-limit=5M/20M remote-address=pool-pppoe
add dns-server=203.0.113.53 local-address=100.64.12.1 name=home-50 \\
    rate-limit=10M/50M remote-address=pool-pppoe
/queue simple
add max-limit=100M/100M name=sector-east target=ether2-east
/routing ospf instance
set [ find default=yes ] router-id=10.255.12.1
/snmp community
set [ find default=yes ] addresses=10.90.0.0/24
/interface bridge port
add bridge=br-customers interface=ether2-east
add bridge=br-customers interface=ether3-west
/interface list member
add interface=vlan-mgmt list=MGMT
/interface pppoe-server server
add authentication=mschap2 default-profile=home-20 disabled=no interface=\\
    br-customers max-mru=1480 max-mtu=1480 one-session-per-host=yes \\
    service-name=tower12
/ip address
add address=10.255.12.1 interface=loopback0 network=10.255.12.1
add address=10.90.12.1/24 interface=vlan-mgmt network=10.90.12.0
add address=10.12.0.2/30 interface=ether1-north network=10.12.0.0
/ip firewall address-list
add address=10.90.0.0/16 comment="network operations" list=noc
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=accept chain=input protocol=ospf
add action=accept chain=input comment=management src-address-list=noc
add action=drop chain=input comment="everything else"
/ip route
add distance=1 gateway=10.12.0.1
/ip service
set telnet disabled=yes
set ftp disabled=yes
set www disabled=yes
set ssh address=10.90.0.0/16
set api disabled=yes
set winbox address=10.90.0.0/16
set api-ssl disabled=yes
/ppp secret
add name=customer-0001 password=example-one profile=home-20 service=pppoe
add name=customer-0002 password=example-two profile=home-50 service=pppoe
/routing ospf network
add area=backbone network=10.12.0.0/30
add area=backbone network=10.255.12.1/32
/snmp
set contact="network operations" enabled=yes location="tower 12"
/system clock
set time-zone-name=America/Chicago
/system identity
set name="tower 12 (north ridge)"
/system scheduler
add interval=1d name=nightly-log on-event=":log info nightly" policy=\\
    read,write,test start-date=jan/01/2025 start-time=02:30:00
`,
  listeners: [
    { name: 'noc', ingressInterface: 'ether1', vlanId: 900, sourceAddress: '10.90.0.15' },
    { name: 'customer', ingressInterface: 'ether2', sourceAddress: '100.64.12.77' },
  ],
}
