const MATCHERS =
  'action chain address-list address-list-timeout connection-bytes connection-limit connection-mark connection-nat-state ' +
  'connection-rate connection-state connection-type content dscp dst-address dst-address-list dst-address-type dst-limit ' +
  'dst-port fragment hotspot icmp-options in-bridge-port in-bridge-port-list in-interface in-interface-list ' +
  'ingress-priority ipsec-policy ipv4-options jump-target layer7-protocol limit log log-prefix nth out-bridge-port ' +
  'out-bridge-port-list out-interface out-interface-list p2p packet-mark packet-size per-connection-classifier port ' +
  'priority protocol psd random realm reject-with routing-mark routing-table src-address src-address-list ' +
  'src-address-type src-mac-address src-port tcp-flags tcp-mss time tls-host ttl headers hop-limit hw-offload'

const MANGLE =
  'new-connection-mark new-dscp new-mss new-packet-mark new-priority new-routing-mark new-ttl passthrough route-dst ' +
  'sniff-id sniff-target sniff-target-port change-dscp new-hop-limit'

const NAT =
  'to-addresses to-ports same-not-by-dst randomise-ports socks5-server socks5-port socks5-user socks5-password'

const INTERFACE = 'name mtu arp arp-timeout mac-address l2mtu'
const LOOP = 'loop-protect loop-protect-disable-time loop-protect-send-interval'
const TUNNEL =
  'local-address remote-address keepalive dscp clamp-tcp-mss dont-fragment allow-fast-path ipsec-secret'

/**
 * Arguments that `add` and `set` take in the menus that people and programs write most. Of menus that are not here every
 * name is taken. Source: the command reference, with the names that public exports use.
 */
export const menuArguments: Readonly<Record<string, string>> = {
  '/interface bridge':
    `${INTERFACE} admin-mac ageing-time auto-mac dhcp-snooping ether-type fast-forward forward-delay frame-types ` +
    'igmp-snooping igmp-version ingress-filtering last-member-interval last-member-query-count max-hops ' +
    'max-message-age membership-interval mld-version multicast-querier multicast-router mvrp port-cost-mode priority ' +
    'protocol-mode pvid querier-interval query-interval query-response-interval region-name region-revision ' +
    'startup-query-count startup-query-interval transmit-hold-count vlan-filtering add-dhcp-option82 ' +
    'max-learned-entries forward-reserved-addresses mlag-peer-port use-ip-firewall dot1x-mac-auth',
  '/interface bridge port':
    'bridge interface auto-isolate bpdu-guard broadcast-flood edge fast-leave frame-types horizon hw ingress-filtering ' +
    'internal-path-cost learn mvrp-applicant-state mvrp-registrar-state multicast-router path-cost point-to-point ' +
    'priority pvid restricted-role restricted-tcn tag-stacking trusted unknown-multicast-flood unknown-unicast-flood ' +
    'nonstandard-ethertype multicast-fast-leave path-cost external-fdb-status',
  '/interface bridge vlan': 'bridge tagged untagged vlan-ids mvrp-forbidden mvrp-advertise mvrp-forward',
  '/interface vlan': `${INTERFACE} interface vlan-id use-service-tag mvrp l3-hw-offloading ${LOOP}`,
  '/interface list': 'name include exclude',
  '/interface list member': 'interface list',
  '/interface wireguard': 'name mtu listen-port private-key vrf',
  '/interface wireguard peers':
    'interface public-key preshared-key allowed-address endpoint-address endpoint-port persistent-keepalive name ' +
    'client-address client-dns client-endpoint client-keepalive client-listen-port private-key responder is-responder ' +
    'client-allowed-address',
  '/interface eoip': `${INTERFACE} ${TUNNEL} tunnel-id ${LOOP}`,
  '/interface gre': `${INTERFACE} ${TUNNEL}`,
  '/interface ipip': `${INTERFACE} ${TUNNEL}`,
  '/interface bonding':
    `${INTERFACE} arp-interval arp-ip-targets arp-validate-targets down-delay forced-mac-address lacp-rate ` +
    'lacp-mode lacp-user-key link-monitoring min-links mlag-id mode primary slaves transmit-hash-policy up-delay ' +
    'mii-interval',
  '/interface vrrp':
    `${INTERFACE} authentication group-authority group-master interface interval on-backup on-fail on-master password ` +
    'preemption-mode priority remote-address sync-connection-tracking v3-protocol version vrid connection-tracking-mode ' +
    'connection-tracking-port',
  '/ip address': 'address broadcast interface netmask network vrf',
  '/ip arp': 'address interface mac-address published',
  '/ip dhcp-client':
    'interface name add-default-route allow-reconfigure check-gateway default-route-distance default-route-tables ' +
    'dhcp-options script use-broadcast use-peer-dns use-peer-ntp dscp vlan-priority',
  '/ip dhcp-server':
    'name interface add-arp address-lists address-pool allow-dual-stack-queue always-broadcast authoritative ' +
    'bootp-lease-time bootp-support client-mac-limit conflict-detection delay-threshold dhcp-option-set ' +
    'dynamic-lease-identifiers insert-queue-before lease-script lease-time parent-queue relay server-address ' +
    'support-broadband-tr101 use-framed-as-classless use-radius use-reconfigure src-address use-radius-password',
  '/ip dhcp-server lease':
    'address address-lists agent-circuit-id agent-remote-id allow-dual-stack-queue always-broadcast block-access ' +
    'client-id dhcp-option dhcp-option-set insert-queue-before lease-time mac-address parent-queue queue-type rate-limit ' +
    'routes server use-src-mac',
  '/ip dhcp-server network':
    'address boot-file-name caps-manager dhcp-option dhcp-option-set dns-none dns-server domain gateway netmask ' +
    'next-server ntp-none ntp-server wins-server',
  '/ip dns':
    'servers address-list-extra-time allow-remote-requests cache-max-ttl cache-size doh-max-concurrent-queries ' +
    'doh-max-server-connections doh-timeout max-concurrent-queries max-concurrent-tcp-sessions max-udp-packet-size ' +
    'mdns-repeat-ifaces query-server-timeout query-total-timeout use-doh-server verify-doh-cert vrf ' +
    'max-udp-packet-size',
  '/ip dns static':
    'name address address-list cname forward-to match-subdomain mx-exchange mx-preference ns regexp srv-port ' +
    'srv-priority srv-target srv-weight text ttl type',
  '/ip firewall address-list': 'address list timeout dynamic',
  '/ip firewall filter': MATCHERS,
  '/ip firewall nat': `${MATCHERS} ${NAT}`,
  '/ip firewall mangle': `${MATCHERS} ${MANGLE}`,
  '/ip firewall raw': MATCHERS,
  '/ipv6 firewall filter': MATCHERS,
  '/ip pool': 'name ranges next-pool',
  '/ip route':
    'dst-address gateway distance routing-table routing-mark pref-src scope target-scope check-gateway type blackhole ' +
    'suppress-hw-offload vrf-interface route-tag bgp-as-path bgp-atomic-aggregate bgp-communities bgp-local-pref bgp-med ' +
    'bgp-origin bgp-prepend',
  '/ip service': 'port address certificate tls-version vrf max-sessions available-from name',
  '/ppp secret':
    'name password profile service caller-id limit-bytes-in limit-bytes-out local-address remote-address routes ' +
    'remote-ipv6-prefix ipv6-routes',
  '/queue simple':
    'name target dst limit-at max-limit burst-limit burst-threshold burst-time bucket-size packet-marks parent priority ' +
    'queue time total-bucket-size total-burst-limit total-burst-threshold total-burst-time total-limit-at ' +
    'total-max-limit total-priority total-queue limit-at',
  '/routing table': 'name fib',
  '/snmp':
    'contact enabled engine-id engine-id-suffix location src-address trap-community trap-generators trap-interfaces trap-target trap-version vrf',
  '/system identity': 'name',
  '/system logging': 'topics action prefix regex',
  '/system note': 'note show-at-login show-at-cli-login',
  '/system scheduler': 'name start-date start-time interval on-event policy days',
  '/system script': 'name source policy dont-require-permissions owner',
  '/user': 'name group password address inactivity-policy inactivity-timeout expired',
  '/user group': 'name policy skin',
}
