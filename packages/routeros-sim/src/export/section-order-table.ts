/**
 * Order in which `/export` writes its sections, per major version. Measured: first occurrence of each header in public
 * exports, merged by pairwise majority. `first` are menus whose items others refer to by name.
 */
export interface SectionOrderTable {
  readonly first: readonly string[]
  readonly rest: readonly string[]
}

const table = (first: string, rest: string): SectionOrderTable => ({
  first: first.trim().split(/\s*,\s*/),
  rest: rest.trim().split(/\s*,\s*/),
})

/** Sections of version 6 exports. */
export const SECTIONS_6 = table(
  `
  /caps-man channel, /queue interface, /caps-man datapath, /interface bridge, /interface ethernet,
  /interface l2tp-server, /interface gre, /interface vlan, /interface vrrp, /caps-man security,
  /caps-man configuration, /interface ethernet switch, /interface ethernet switch port, /interface list,
  /interface lte apn, /interface wireless security-profiles, /interface wireless,
  /interface wireless manual-tx-power-table, /interface sstp-client, /interface wireless nstreme,
  /ip dhcp-client option, /ip hotspot profile, /ip hotspot user profile, /ip ipsec mode-config,
  /ip ipsec peer profile, /ip ipsec policy group, /mpls traffic-eng tunnel-path, /ip ipsec peer,
  /lora servers, /interface traffic-eng, /ip ipsec profile, /ip ipsec proposal, /ip pool, /ip dhcp-server,
  /ppp profile, /queue simple, /queue tree, /queue type, /routing bgp instance, /routing ospf instance,
  /routing ospf area, /snmp community, /system logging action, /user group
`,
  `
  /caps-man aaa, /caps-man access-list, /caps-man manager, /caps-man manager interface,
  /caps-man provisioning, /certificate settings, /dude, /interface bridge filter, /interface bridge port,
  /interface bridge port-controller, /interface bridge port-extender, /interface bridge settings,
  /interface vpls bgp-vpls, /ip firewall connection tracking, /ip neighbor discovery-settings,
  /interface ethernet switch egress-vlan-tag, /interface ethernet switch ingress-vlan-translation,
  /interface ethernet switch vlan, /ip settings, /interface bridge vlan, /interface detect-internet,
  /interface l2tp-server server, /interface list member, /interface ovpn-server server,
  /interface pptp-server server, /interface sstp-server server, /interface wireless align,
  /interface wireless cap, /interface wireless sniffer, /interface wireless snooper, /ip accounting,
  /ip accounting web-access, /tool user-manager customer, /ip address, /ip cloud, /ip cloud advanced,
  /ip dhcp-client, /ip dhcp-server config, /ip dhcp-server lease, /ip dhcp-server network, /ip dns,
  /ip dns static, /ip firewall address-list, /ip firewall filter, /ip firewall mangle, /ip firewall nat,
  /ip firewall service-port, /ip hotspot service-port, /ip hotspot user, /ip ipsec identity,
  /ip ipsec policy, /ip ipsec settings, /ip ipsec user settings, /ip proxy, /ip route, /ip route vrf,
  /ip service, /ip smb, /ip smb shares, /ip smb users, /ip socks, /ip ssh, /ip tftp, /ip tftp settings,
  /ip traffic-flow, /ip traffic-flow ipfix, /ip traffic-flow target, /ip upnp, /ip upnp interfaces, /lcd,
  /lcd interface pages, /mpls, /mpls interface, /mpls ldp, /mpls ldp interface,
  /mpls traffic-eng interface, /port firmware, /ppp aaa, /ppp secret, /radius incoming,
  /routing bfd interface, /routing bgp instance vrf, /routing bgp network, /routing bgp peer, /routing mme,
  /routing ospf interface, /routing ospf network, /routing rip, /snmp, /system clock, /system clock manual,
  /system identity, /system lcd, /system lcd page, /system leds, /system leds settings, /system logging,
  /system note, /system ntp client, /system resource irq, /system routerboard settings,
  /system routerboard mode-button, /system routerboard reset-button, /system scheduler, /system script,
  /system upgrade mirror, /system watchdog, /tool bandwidth-server, /tool e-mail, /tool graphing,
  /tool graphing interface, /tool graphing resource, /tool mac-server, /tool mac-server mac-winbox,
  /tool mac-server ping, /tool romon, /tool romon port, /tool sms, /tool sniffer, /tool traffic-generator,
  /tool user-manager database, /user aaa
`,
)

/** Sections of version 7 exports. */
export const SECTIONS_7 = table(
  `
  /caps-man channel, /disk, /interface bridge, /interface wifi, /interface lte, /interface eoip,
  /interface ethernet, /interface wireless, /interface vrrp, /queue interface, /interface wireguard,
  /caps-man datapath, /interface vlan, /interface ethernet switch, /interface ethernet switch port,
  /interface ethernet switch port-isolation, /interface bonding, /caps-man security,
  /caps-man configuration, /interface veth, /caps-man rates, /interface vxlan, /caps-man interface,
  /interface list, /interface lte apn, /interface macsec profile, /interface wifiwave2 security,
  /interface wifiwave2 configuration, /interface wifiwave2, /interface wireless security-profiles,
  /iot lora servers, /interface wireless manual-tx-power-table, /interface wireless nstreme,
  /ip dhcp-client option, /ip hotspot profile, /ip hotspot user profile, /ip ipsec mode-config,
  /ip ipsec policy group, /ip ipsec profile, /ip ipsec proposal, /ip pool, /ip dhcp-server,
  /ip dhcp-server option, /ip dns forwarders, /ip firewall layer7-protocol, /ip ipsec peer,
  /ip kid-control, /ppp profile, /port, /interface ppp-client, /routing isis instance, /ip smb users,
  /interface l2tp-client, /queue type, /queue simple, /queue tree, /routing id, /routing ospf instance,
  /routing ospf area, /routing bgp template, /routing table, /snmp community, /system logging action,
  /user group
`,
  `
  /caps-man aaa, /app, /app settings, /caps-man access-list, /caps-man manager,
  /caps-man manager interface, /caps-man provisioning, /container, /zerotier, /zerotier interface,
  /certificate settings, /console settings, /container config, /container envs, /disk settings,
  /file rsync-daemon, /interface bridge filter, /interface bridge port, /interface bridge port-controller,
  /interface bridge port-extender, /interface bridge settings, /ip firewall connection tracking,
  /ip neighbor discovery-settings, /ip settings, /ipv6 settings, /interface bridge vlan,
  /interface detect-internet, /interface ethernet poe settings, /interface l2tp-server server,
  /interface list member, /interface lte settings, /interface ovpn-server server,
  /interface pptp-server server, /interface sstp-server server, /interface vxlan vteps,
  /interface wifi cap, /interface wifi capsman, /interface wireguard peers, /interface wireless align,
  /interface wireless cap, /interface wireless sniffer, /interface wireless snooper, /ip smb,
  /iot lora traffic options, /iot modbus, /ip address, /ip arp, /ip cloud, /ip cloud advanced,
  /ip dhcp-client, /ip dhcp-server config, /ip dhcp-server lease, /ip dhcp-server matcher,
  /ip dhcp-server network, /ip dns, /ip dns adlist, /ip dns static, /ip firewall address-list,
  /ip firewall filter, /ip firewall mangle, /ip firewall nat, /ip firewall service-port,
  /ip hotspot service-port, /ip hotspot user, /ip ipsec identity, /ip ipsec policy, /ip ipsec settings,
  /ip kid-control device, /ip media settings, /ip nat-pmp, /ip packing, /ip proxy, /ip proxy access,
  /ip route, /ip service, /ip smb shares, /ip socks, /ip ssh, /ip tftp, /ip tftp settings,
  /ip traffic-flow, /ip traffic-flow ipfix, /ip traffic-flow target, /ip upnp, /ip upnp interfaces,
  /ipv6 address, /ipv6 dhcp-client, /ipv6 firewall address-list, /ipv6 firewall filter, /ipv6 nd,
  /ipv6 nd prefix default, /mpls settings, /ppp aaa, /ppp secret, /radius incoming, /routing filter rule,
  /routing igmp-proxy, /routing isis interface-template, /routing ospf interface-template, /routing rule,
  /routing settings, /snmp, /system clock, /system clock manual, /system health settings, /system identity,
  /system leds, /system leds settings, /system logging, /system note, /system ntp client,
  /system ntp server, /system ntp client servers, /system package local-update mirror,
  /system package update, /system resource irq, /system resource irq rps, /system resource usb settings,
  /system routerboard settings, /system routerboard mode-button, /system routerboard reset-button,
  /system scheduler, /system script, /system upgrade mirror, /system watchdog, /tool bandwidth-server,
  /tool e-mail, /tool graphing, /tool graphing interface, /tool graphing queue, /tool graphing resource,
  /tool mac-server, /tool mac-server mac-winbox, /tool mac-server ping, /tool netwatch, /tool romon,
  /tool romon port, /tool sms, /tool sniffer, /tool traffic-generator, /tr069-client, /user aaa,
  /user settings
`,
)
