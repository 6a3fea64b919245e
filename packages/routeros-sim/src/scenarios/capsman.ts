import type { SimulatorOptions } from '../simulator.js'

/** A wireless controller on v6: CAPsMAN with two networks, each with its own bridge. */
export const capsman: SimulatorOptions = {
  model: 'RB4011iGS+',
  version: '6.49.13',
  config: `# jan/02/2026 09:30:00 by RouterOS 6.49.13
# software id = TOD0-0006
#
# model = RB4011iGS+
# serial number = HC0000000A6
/caps-man channel
add band=2ghz-onlyn control-channel-width=20mhz name=ch-24
add band=5ghz-n/ac control-channel-width=20mhz extension-channel=Ceee name=\\
    ch-5
/interface bridge
add name=br-guests
add name=br-staff
/caps-man datapath
add bridge=br-staff client-to-client-forwarding=yes name=dp-staff
add bridge=br-guests name=dp-guests
/caps-man security
add authentication-types=wpa2-psk encryption=aes-ccm name=sec-staff \\
    passphrase=example-staff
add authentication-types=wpa2-psk encryption=aes-ccm name=sec-guests \\
    passphrase=example-guests
/caps-man configuration
add channel=ch-24 country=germany datapath=dp-staff mode=ap name=cfg-staff-24 \\
    security=sec-staff ssid=Staff
add channel=ch-5 country=germany datapath=dp-staff mode=ap name=cfg-staff-5 \\
    security=sec-staff ssid=Staff
add country=germany datapath=dp-guests mode=ap name=cfg-guests security=\\
    sec-guests ssid="Guests welcome"
/interface wireless security-profiles
set [ find default=yes ] supplicant-identity=MikroTik
/ip pool
add name=pool-staff ranges=10.1.0.50-10.1.0.250
add name=pool-guests ranges=10.2.0.50-10.2.0.250
/ip dhcp-server
add address-pool=pool-staff disabled=no interface=br-staff name=dhcp-staff
add address-pool=pool-guests disabled=no interface=br-guests name=dhcp-guests
/caps-man manager
set enabled=yes upgrade-policy=suggest-same-version
/caps-man manager interface
set [ find default=yes ] forbid=yes
add disabled=no interface=br-staff
/caps-man provisioning
add action=create-dynamic-enabled master-configuration=cfg-staff-24 \\
    slave-configurations=cfg-guests
/interface bridge port
add bridge=br-staff interface=ether2
add bridge=br-staff interface=ether3
/ip address
add address=10.1.0.1/24 interface=br-staff network=10.1.0.0
add address=10.2.0.1/24 interface=br-guests network=10.2.0.0
/ip dhcp-client
add disabled=no interface=ether1
/ip dhcp-server network
add address=10.1.0.0/24 dns-server=10.1.0.1 gateway=10.1.0.1
add address=10.2.0.0/24 dns-server=10.2.0.1 gateway=10.2.0.1
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=accept chain=input in-interface=br-staff
add action=accept chain=input dst-port=53,67 in-interface=br-guests protocol=\\
    udp
add action=drop chain=input
/ip firewall nat
add action=masquerade chain=srcnat out-interface=ether1
/system identity
set name=controller
`,
  listeners: [
    { name: 'staff', ingressInterface: 'ether2', sourceAddress: '10.1.0.60' },
    { name: 'internet', ingressInterface: 'ether1', sourceAddress: '198.51.100.99' },
  ],
}
