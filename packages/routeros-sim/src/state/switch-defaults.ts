const FIREWALL = ['filter', 'nat', 'mangle', 'raw']
const SERVERS = ['l2tp-server', 'ovpn-server', 'pptp-server', 'sstp-server']

/**
 * Switches that are off until somebody turns them on, by menu, where the fact tables name no default. Exports do not ask
 * here: what they print is measured. Source: command reference.
 */
const SWITCHES_OFF: Readonly<Record<string, readonly string[]>> = {
  '/caps-man manager': ['enabled'],
  '/interface bridge': ['dhcp-snooping', 'igmp-snooping', 'vlan-filtering'],
  '/interface bridge port': ['trusted'],
  '/interface bridge settings': ['use-ip-firewall', 'use-ip-firewall-for-pppoe', 'use-ip-firewall-for-vlan'],
  '/interface wifi cap': ['enabled'],
  '/interface wifi capsman': ['enabled'],
  '/interface wireless cap': ['enabled'],
  '/ip accounting': ['enabled'],
  '/ip dns': ['allow-remote-requests', 'verify-doh-cert'],
  '/ip proxy': ['enabled'],
  '/ip settings': ['accept-source-route', 'tcp-syncookies'],
  '/ip smb': ['enabled'],
  '/ip socks': ['enabled'],
  '/ip ssh': ['always-allow-password-login', 'strong-crypto'],
  '/ip traffic-flow': ['enabled'],
  '/ip upnp': ['enabled'],
  '/ppp aaa': ['use-radius'],
  '/snmp': ['enabled'],
  '/system ntp client': ['enabled'],
  '/system ntp server': ['enabled'],
  '/tool romon': ['enabled'],
  '/tool sms': ['receive-enabled'],
  '/user aaa': ['use-radius'],
  ...Object.fromEntries(SERVERS.map((server) => [`/interface ${server} server`, ['enabled']])),
  ...Object.fromEntries(
    ['ip', 'ipv6'].flatMap((family) => FIREWALL.map((table) => [`/${family} firewall ${table}`, ['log']])),
  ),
}

/** Names of the switches of a menu that read `no` when nothing is known of them. */
export function switchesOff(path: string): readonly string[] {
  return SWITCHES_OFF[path] ?? []
}
