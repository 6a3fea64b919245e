/** A small deterministic generator of random numbers. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1
  }

  /** An integer in 0 .. n-1. */
  below(n: number): number {
    // xorshift32
    this.#state ^= this.#state << 13
    this.#state ^= this.#state >>> 17
    this.#state ^= this.#state << 5
    this.#state >>>= 0
    return this.#state % n
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T
  }

  some<T>(choices: readonly T[], percent: number): T[] {
    return choices.filter(() => this.chance(percent))
  }
}

export interface Port {
  name: string
  disabled: boolean
}
export interface BridgePort {
  port: string
  pvid: number
  frames: 'admit-all' | 'admit-only-vlan-tagged' | 'admit-only-untagged-and-priority-tagged'
  disabled: boolean
}
export interface VlanRow {
  ids: string
  tagged: string[]
  untagged: string[]
}
export interface Vlan {
  name: string
  on: string
  id: number
  disabled: boolean
}
export interface Address {
  address: string
  length: number
  on: string
  disabled: boolean
}
export interface FilterRule {
  chain: string
  action: string
  disabled: boolean
  /** In the order of the text. */
  matchers: [name: string, value: string][]
  target?: string
  list?: string
  toAddress?: string
  toPort?: number
}
export interface Route {
  destination: string
  gateway: string
  distance: number
  blackhole: boolean
}

/** A configuration as data: the text for our analysis and the reference router are both made from it. */
export interface Office {
  major: 6 | 7
  ports: Port[]
  bridge:
    | { disabled: boolean; filtering: boolean; pvid: number; ports: BridgePort[]; rows: VlanRow[] }
    | undefined
  vlans: Vlan[]
  lists: { name: string; include: string[]; exclude: string[]; members: string[] }[]
  addresses: Address[]
  addressLists: { list: string; address: string }[]
  raw: FilterRule[]
  nat: FilterRule[]
  filter: FilterRule[]
  ssh: { port: number; disabled: boolean; address: string[] }
  routes: Route[]
  tracking: 'auto' | 'yes' | 'no'
  rpFilter: 'no' | 'strict'
}

const networks = ['192.0.2', '198.51.100', '203.0.113', '10.0.1']
const somewhere = [
  ...networks.map((net) => `${net}.0/24`),
  '203.0.113.0/28',
  '198.51.100.7',
  '192.0.2.20-192.0.2.80',
  '10.0.0.0/8',
  '0.0.0.0/0',
]

/** A random configuration around one bridge, a few VLANs, and rules of all kinds. */
export function randomOffice(dice: Dice): Office {
  const ports = ['ether1', 'ether2', 'ether3', 'ether4'].map((name) => ({ name, disabled: dice.chance(3) }))
  const bridge = dice.chance(75) ? randomBridge(dice) : undefined
  const vlans: Vlan[] = dice.some([10, 20, 99], 35).map((id) => ({
    name: `vlan${id}`,
    on: bridge !== undefined && dice.chance(75) ? 'bridge' : dice.pick(['ether1', 'ether4']),
    id,
    disabled: dice.chance(5),
  }))
  const carriers = [
    'ether1',
    'ether1',
    'ether4',
    ...(bridge === undefined ? [] : ['bridge', 'bridge']),
    ...vlans.map((each) => each.name),
  ]
  const addresses: Address[] = dice.some(networks, 65).map((net) => ({
    address: `${net}.1`,
    length: dice.pick([24, 24, 24, 28]),
    on: dice.pick(carriers),
    disabled: dice.chance(5),
  }))
  return {
    major: dice.chance(80) ? 7 : 6,
    ports,
    bridge,
    vlans,
    lists: randomLists(dice, carriers),
    addresses,
    addressLists: dice
      .some(['admins', 'blocked', 'admins', 'other'], 50)
      .map((list) => ({ list, address: dice.pick(somewhere) })),
    raw: dice.chance(25) ? randomRules(dice, 'raw', 1 + dice.below(2)) : [],
    nat: dice.chance(25) ? randomRules(dice, 'nat', 1 + dice.below(2)) : [],
    filter: dice.chance(90) ? randomRules(dice, 'filter', 1 + dice.below(6)) : [],
    ssh: {
      port: dice.chance(90) ? 22 : 2222,
      disabled: dice.chance(4),
      address: dice.chance(15)
        ? dice.some(
            somewhere.filter((each) => !each.includes('-')),
            30,
          )
        : [],
    },
    routes: randomRoutes(dice, addresses),
    tracking: dice.chance(92) ? 'auto' : dice.pick(['yes', 'no']),
    rpFilter: dice.chance(8) ? 'strict' : 'no',
  }
}

function randomBridge(dice: Dice): NonNullable<Office['bridge']> {
  const filtering = dice.chance(45)
  const ports = dice.some(['ether2', 'ether3', 'ether4'], 75).map((port) => ({
    port,
    pvid: filtering && dice.chance(50) ? dice.pick([10, 20, 99]) : 1,
    frames:
      filtering && dice.chance(20)
        ? dice.pick(['admit-only-vlan-tagged', 'admit-only-untagged-and-priority-tagged'] as const)
        : ('admit-all' as const),
    disabled: dice.chance(5),
  }))
  const rows = filtering
    ? dice.some(['10', '20', '99', '10,99', '15-25'], 45).map((ids) => ({
        ids,
        tagged: dice
          .some(['bridge', 'bridge', 'ether2', 'ether3'], 50)
          .filter((each, at, all) => all.indexOf(each) === at),
        untagged: dice.some(['ether4'], 30),
      }))
    : []
  return { disabled: dice.chance(4), filtering, pvid: filtering && dice.chance(20) ? 99 : 1, ports, rows }
}

function randomLists(dice: Dice, carriers: readonly string[]): Office['lists'] {
  return [
    { name: 'LAN', include: [], exclude: [], members: dice.some([...new Set(carriers)], 50) },
    { name: 'WAN', include: [], exclude: [], members: dice.some(['ether1'], 70) },
    {
      name: 'HOME',
      include: dice.some(['LAN', 'WAN', 'all'], 40),
      exclude: dice.some(['WAN'], 40),
      members: dice.some(['vlan99'], 30),
    },
  ]
}

function randomRoutes(dice: Dice, addresses: readonly Address[]): Route[] {
  const gateways = [...addresses.map((each) => each.address.replace(/1$/, '254')), 'ether1', '10.9.9.9']
  return Array.from({ length: dice.below(4) }, () => ({
    destination: dice.pick(['0.0.0.0/0', '0.0.0.0/0', '10.0.0.0/8', '203.0.113.0/24']),
    gateway: dice.pick(gateways),
    distance: dice.pick([1, 1, 2, 5]),
    blackhole: dice.chance(6),
  }))
}

function randomRules(dice: Dice, table: 'raw' | 'nat' | 'filter', count: number): FilterRule[] {
  const rules = Array.from({ length: count }, () => randomRule(dice, table))
  if (table === 'filter' && dice.chance(45))
    rules.push({
      chain: 'input',
      action: 'drop',
      disabled: false,
      matchers: dice.chance(50) ? [] : [['in-interface-list', '!LAN']],
    })
  if (table === 'filter' && dice.chance(80))
    rules.unshift({
      chain: 'input',
      action: 'accept',
      disabled: false,
      matchers: [['connection-state', 'established,related,untracked']],
    })
  return rules
}

function randomRule(dice: Dice, table: 'raw' | 'nat' | 'filter'): FilterRule {
  const chain =
    table === 'raw'
      ? dice.pick(['prerouting', 'prerouting', 'output'])
      : table === 'nat'
        ? 'dstnat'
        : dice.pick(['input', 'input', 'input', 'output', 'guard', 'forward'])
  const actions = {
    raw: ['drop', 'accept', 'notrack', 'log'],
    nat: ['dst-nat', 'redirect', 'accept'],
    filter: [
      'accept',
      'accept',
      'accept',
      'accept',
      'drop',
      'reject',
      'jump',
      'return',
      'log',
      'add-src-to-address-list',
    ],
  }
  const action = dice.pick(actions[table])
  const rule: FilterRule = {
    chain,
    action,
    disabled: dice.chance(8),
    matchers: randomMatchers(dice, table, chain),
  }
  if (action === 'jump') {
    rule.target = chain === 'guard' ? 'deeper' : 'guard'
    if (dice.chance(10)) rule.target = 'nowhere'
  }
  if (action === 'return' && chain !== 'guard') rule.action = 'passthrough'
  if (action === 'add-src-to-address-list') rule.list = dice.pick(['blocked', 'seen'])
  if (action === 'dst-nat') {
    rule.toAddress = dice.pick(['192.0.2.1', '192.0.2.80', '10.0.1.1'])
    if (dice.chance(50)) rule.toPort = dice.pick([22, 2222, 80])
  }
  if (action === 'redirect') rule.toPort = dice.pick([22, 2222, 80])
  return rule
}

function randomMatchers(dice: Dice, table: string, chain: string): [string, string][] {
  const found: [string, string][] = []
  const not = (value: string): string => (dice.chance(20) ? `!${value}` : value)
  const isOutput = chain === 'output'
  const add = (percent: number, name: string, value: () => string): void => {
    if (dice.chance(percent)) found.push([name, value()])
  }
  if (dice.chance(50)) {
    found.push(['protocol', dice.pick(['tcp', 'tcp', 'tcp', 'udp', 'icmp'])])
    if (found[0]?.[1] !== 'icmp') {
      add(60, isOutput ? 'src-port' : 'dst-port', () =>
        not(dice.pick(['22', '22,8291', '80', '20-25', '2222'])),
      )
      add(6, isOutput ? 'dst-port' : 'src-port', () => dice.pick(['1024-65535', '0-1023', '30000-40000']))
    }
  }
  add(25, isOutput ? 'dst-address' : 'src-address', () => not(dice.pick(somewhere)))
  add(10, isOutput ? 'src-address' : 'dst-address', () =>
    not(dice.pick(['192.0.2.1', '198.51.100.1', '10.0.1.0/24'])),
  )
  add(20, 'src-address-list', () => not(dice.pick(['admins', 'blocked', 'seen', 'nobody'])))
  if (!isOutput) {
    add(15, 'in-interface', () => not(dice.pick(['ether1', 'bridge', 'ether2', 'vlan99', 'vlan10'])))
    add(15, 'in-interface-list', () => not(dice.pick(['LAN', 'WAN', 'HOME', 'all', 'static'])))
    add(7, 'dst-address-type', () => not(dice.pick(['local', 'unicast'])))
  } else add(15, 'out-interface', () => not(dice.pick(['ether1', 'bridge', 'vlan99'])))
  if (table === 'filter') {
    add(25, 'connection-state', () =>
      dice.pick([
        'new',
        'established,related',
        'invalid',
        'established,related,untracked',
        '!new',
        'untracked',
      ]),
    )
    add(5, 'connection-nat-state', () => not('dstnat'))
    add(4, 'limit', () => '10,5:packet')
  }
  add(4, 'tcp-flags', () => dice.pick(['syn,!ack', 'syn', '!syn', 'fin']))
  add(3, 'time', () => '8h-18h,mon,tue')
  add(2, 'content', () => 'evil')
  return found
}

/** The export text of a configuration. */
export function officeText(office: Office): string {
  const out: string[] = [
    office.major === 7
      ? '# 2025-01-01 00:00:00 by RouterOS 7.15.2'
      : '# jan/01/2022 00:00:00 by RouterOS 6.49.10',
  ]
  const section = (menu: string, lines: readonly string[]): void => {
    if (lines.length > 0) out.push(menu, ...lines)
  }
  const off = (disabled: boolean): string => (disabled ? ' disabled=yes' : '')
  const { bridge } = office
  if (bridge !== undefined) {
    section('/interface bridge', [
      `add name=bridge pvid=${bridge.pvid} vlan-filtering=${bridge.filtering ? 'yes' : 'no'}${off(bridge.disabled)}`,
    ])
  }
  section(
    '/interface ethernet',
    office.ports
      .filter((each) => each.disabled)
      .map((each) => `set [ find default-name=${each.name} ] disabled=yes`),
  )
  section(
    '/interface vlan',
    office.vlans.map(
      (each) => `add interface=${each.on} name=${each.name} vlan-id=${each.id}${off(each.disabled)}`,
    ),
  )
  const listed = (name: string, values: readonly string[]): string =>
    values.length > 0 ? ` ${name}=${values.join(',')}` : ''
  section(
    '/interface list',
    office.lists.map(
      (each) => `add${listed('exclude', each.exclude)}${listed('include', each.include)} name=${each.name}`,
    ),
  )
  if (bridge !== undefined) {
    section(
      '/interface bridge port',
      bridge.ports.map(
        (each) =>
          `add bridge=bridge frame-types=${each.frames} interface=${each.port} pvid=${each.pvid}${off(each.disabled)}`,
      ),
    )
    section(
      '/interface bridge vlan',
      bridge.rows.map(
        (each) =>
          `add bridge=bridge${listed('tagged', each.tagged)}${listed('untagged', each.untagged)} vlan-ids=${each.ids}`,
      ),
    )
  }
  section(
    '/interface list member',
    office.lists.flatMap((each) => each.members.map((member) => `add interface=${member} list=${each.name}`)),
  )
  section('/ip settings', office.rpFilter === 'strict' ? ['set rp-filter=strict'] : [])
  section(
    '/ip firewall connection tracking',
    office.tracking === 'auto' ? [] : [`set enabled=${office.tracking}`],
  )
  section(
    '/ip address',
    office.addresses.map(
      (each) => `add address=${each.address}/${each.length} interface=${each.on}${off(each.disabled)}`,
    ),
  )
  section(
    '/ip firewall address-list',
    office.addressLists.map((each) => `add address=${each.address} list=${each.list}`),
  )
  const rule = (each: FilterRule): string => {
    const parts = [`add action=${each.action} chain=${each.chain}`]
    if (each.target !== undefined) parts.push(`jump-target=${each.target}`)
    if (each.list !== undefined) parts.push(`address-list=${each.list}`)
    if (each.toAddress !== undefined) parts.push(`to-addresses=${each.toAddress}`)
    if (each.toPort !== undefined) parts.push(`to-ports=${each.toPort}`)
    for (const [name, value] of each.matchers) parts.push(`${name}=${value}`)
    return parts.join(' ') + off(each.disabled)
  }
  section('/ip firewall filter', office.filter.map(rule))
  section('/ip firewall nat', office.nat.map(rule))
  section('/ip firewall raw', office.raw.map(rule))
  const gateway = (each: Route): string =>
    each.blackhole ? (office.major === 7 ? 'blackhole' : 'type=blackhole') : `gateway=${each.gateway}`
  section(
    '/ip route',
    office.routes.map(
      (each) => `add distance=${each.distance} dst-address=${each.destination} ${gateway(each)}`,
    ),
  )
  const service = [
    office.ssh.port === 22 ? '' : `port=${office.ssh.port}`,
    office.ssh.disabled ? 'disabled=yes' : '',
    office.ssh.address.length > 0 ? `address=${office.ssh.address.join(',')}` : '',
  ].filter((part) => part !== '')
  section('/ip service', [
    'set www disabled=yes',
    ...(service.length > 0 ? [`set ssh ${service.join(' ')}`] : []),
  ])
  return `${out.join('\n')}\n`
}
