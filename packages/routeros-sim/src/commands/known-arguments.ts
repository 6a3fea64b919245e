import type { RouterCore } from '../router-core.js'

const common = 'numbers place-before copy-from comment disabled'.split(' ')

/** Arguments of menus whose whole list is written down; of other menus every name is taken. */
const PROPERTIES: Readonly<Record<string, string>> = {
  '/ip address': 'address broadcast interface netmask network',
  '/system identity': 'name',
  '/system scheduler': 'name start-date start-time interval on-event policy days',
  '/system script': 'name source policy dont-require-permissions owner',
  '/user': 'name group password address inactivity-policy inactivity-timeout expired',
  '/user group': 'name policy skin',
  '/interface list': 'name include exclude',
  '/interface list member': 'interface list',
  '/ip pool': 'name ranges next-pool',
  '/ip dns':
    'servers allow-remote-requests cache-max-ttl cache-size max-concurrent-queries max-concurrent-tcp-sessions max-udp-packet-size query-server-timeout query-total-timeout use-doh-server verify-doh-cert doh-max-concurrent-queries doh-max-server-connections doh-timeout address-list-extra-time vrf mdns-repeat-ifaces',
  '/interface vlan':
    'name interface vlan-id mtu arp arp-timeout use-service-tag loop-protect loop-protect-disable-time loop-protect-send-interval mvrp l3-hw-offloading',
  '/ip firewall address-list': 'address list timeout dynamic',
}

const sets = new Map<string, ReadonlySet<string>>()

/** Argument names a verb takes in a menu; undefined when every name is taken. */
export function knownArguments(
  router: RouterCore,
  menu: string,
  verb: string,
): ReadonlySet<string> | undefined {
  if (verb !== 'add' && verb !== 'set') return OF_VERB[verb]
  const listed = PROPERTIES[menu]
  if (listed === undefined) return undefined
  const known = sets.get(menu)
  if (known !== undefined) return known
  const facts = router.config.facts(menu)
  const all = new Set([
    ...common,
    ...listed.split(' '),
    ...Object.keys(facts?.defaults ?? {}),
    ...(facts?.unset ?? []),
  ])
  sets.set(menu, all)
  return all
}

const OF_VERB: Readonly<Record<string, ReadonlySet<string>>> = {
  print: new Set(['proplist', '.proplist', 'file', 'interval', 'from', 'where', 'group-by', 'append']),
  remove: new Set(['numbers']),
  enable: new Set(['numbers']),
  disable: new Set(['numbers']),
  save: new Set(['name', 'dont-encrypt', 'password', 'encryption']),
}
