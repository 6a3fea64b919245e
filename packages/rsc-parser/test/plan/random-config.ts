/** A repeatable source of random numbers (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let value = this.#state
    value = Math.imul(value ^ (value >>> 15), value | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }
}

interface Item {
  /** Words after `set`, for built-in entries. */
  readonly selector?: string
  values: Record<string, string>
}

/** A configuration as the generator edits it. References are kept whole: nothing names what is not there. */
export type RandomConfig = Map<string, Item[]>

interface MenuModel {
  readonly path: string
  /** Makes the properties of a new item, or nothing when what it needs is not there. */
  readonly make: (random: Random, config: RandomConfig) => Record<string, string> | undefined
  /** Property that must be unique in the menu (together). */
  readonly unique?: readonly string[]
  readonly ordered?: boolean
  /** Properties that may be left out. */
  readonly optional: readonly string[]
}

const ports = ['ether1', 'ether2', 'ether3', 'ether4', 'ether5']
const texts = [
  '',
  'a b',
  'x#1',
  '$money',
  'why?',
  'quote"d',
  'back\\slash',
  'caf\u00c3\u00a9',
  'l1\r\nl2',
  '[x]=(y);{z}',
  '!no',
  '*1',
  '1d',
]

function interfaces(config: RandomConfig): string[] {
  const named = [
    '/interface bridge',
    '/interface vlan',
    '/interface wireguard',
    '/interface bonding',
  ].flatMap((path) => (config.get(path) ?? []).map((item) => item.values.name as string))
  const ethernet = (config.get('/interface ethernet') ?? []).map((item) => portName(item))
  const stated = new Set(
    (config.get('/interface ethernet') ?? []).map((item) => item.selector?.slice(20, 26)),
  )
  return [...named, ...ethernet, ...ports.filter((port) => !stated.has(port))]
}

function portName(item: Item): string {
  return item.values.name ?? item.selector?.slice(20, 26) ?? ''
}

function names(config: RandomConfig, path: string): string[] {
  return (config.get(path) ?? []).map((item) => item.values.name as string)
}

const words = ['lan', 'wan', 'mgmt', 'guest', 'iot', 'dmz', 'lab', 'office', 'uplink', 'core']
const freshName = (random: Random) => `${random.pick(words)}${random.chance(0.5) ? random.below(9) : ''}`
const address = (random: Random) => `192.0.2.${random.below(254) + 1}`
const comment = (random: Random) => (random.chance(0.3) ? { comment: random.pick(texts) || 'c' } : {})
const disabled = (random: Random) => (random.chance(0.2) ? { disabled: 'yes' } : {})
const chains = ['input', 'forward', 'output', 'custom']

function rule(random: Random, config: RandomConfig): Record<string, string> {
  const lists = (config.get('/interface list') ?? []).map((item) => item.values.name as string)
  return {
    ...(random.chance(0.7) ? { action: random.pick(['accept', 'drop', 'reject', 'passthrough']) } : {}),
    chain: random.pick(chains),
    ...(random.chance(0.4)
      ? {
          'connection-state': random.pick([
            'established,related',
            'new',
            'invalid',
            'established,related,untracked',
          ]),
        }
      : {}),
    ...(random.chance(0.4)
      ? { protocol: 'tcp', 'dst-port': random.pick(['22', '80,443', '8291', '1000-2000']) }
      : {}),
    ...(random.chance(0.3) ? { 'src-address': `${address(random)}` } : {}),
    ...(random.chance(0.2) && lists.length > 0
      ? { 'in-interface-list': (random.chance(0.3) ? '!' : '') + random.pick(lists) }
      : {}),
    ...(random.chance(0.2) ? { 'in-interface': random.pick(interfaces(config)) } : {}),
    ...comment(random),
    ...disabled(random),
  }
}

const ruleOptions = [
  'connection-state',
  'src-address',
  'in-interface-list',
  'in-interface',
  'comment',
  'disabled',
  'action',
]

/** The menus the generator knows; enough of them to hold every kind of identity, reference and order. */
const menuModels: readonly MenuModel[] = [
  {
    path: '/interface bridge',
    make: (random) => ({
      name: freshName(random),
      ...(random.chance(0.5) ? { 'protocol-mode': 'none' } : {}),
      ...(random.chance(0.3) ? { pvid: String(random.below(9) + 2) } : {}),
      ...comment(random),
    }),
    unique: ['name'],
    optional: ['protocol-mode', 'pvid', 'comment'],
  },
  {
    path: '/interface vlan',
    make: (random, config) => ({
      interface: random.pick([
        ...ports.filter((port) => interfaces(config).includes(port)),
        ...names(config, '/interface bridge'),
      ]),
      name: freshName(random),
      'vlan-id': String(random.below(99) + 1),
      ...comment(random),
    }),
    unique: ['name'],
    optional: ['comment'],
  },
  {
    path: '/interface wireguard',
    make: (random) => ({
      'listen-port': String(13000 + random.below(9)),
      name: freshName(random),
      ...comment(random),
    }),
    unique: ['name'],
    optional: ['comment'],
  },
  {
    path: '/interface list',
    make: (random) => ({ name: freshName(random).toUpperCase(), ...comment(random) }),
    unique: ['name'],
    optional: ['comment'],
  },
  {
    path: '/ip pool',
    make: (random) => ({ name: freshName(random), ranges: `${address(random)}-192.0.2.254` }),
    unique: ['name'],
    optional: [],
  },
  {
    path: '/ip dhcp-server',
    make: (random, config) => {
      const pools = names(config, '/ip pool')
      if (pools.length === 0) return undefined
      return {
        'address-pool': random.pick(pools),
        interface: random.pick(interfaces(config)),
        name: freshName(random),
        ...(random.chance(0.4) ? { 'lease-time': random.pick(['1h', '1d', '30m']) } : {}),
      }
    },
    unique: ['name'],
    optional: ['lease-time'],
  },
  {
    path: '/queue type',
    make: (random) => ({ kind: random.pick(['pfifo', 'sfq', 'red']), name: freshName(random) }),
    unique: ['name'],
    optional: [],
  },
  {
    path: '/queue simple',
    make: (random, config) => ({
      'max-limit': random.pick(['1M/1M', '10M/5M', '512k/2M']),
      name: freshName(random),
      target: `${address(random)}/32`,
      ...(random.chance(0.3) && names(config, '/queue type').length > 0
        ? {
            queue: `${random.pick(names(config, '/queue type'))}/${random.pick(names(config, '/queue type'))}`,
          }
        : {}),
      ...comment(random),
    }),
    unique: ['name'],
    ordered: true,
    optional: ['comment'],
  },
  {
    path: '/ip dhcp-server lease',
    make: (random, config) => {
      const servers = names(config, '/ip dhcp-server')
      if (servers.length === 0) return undefined
      return {
        address: address(random),
        'mac-address': `00:00:5E:00:53:${(random.below(200) + 16).toString(16).toUpperCase()}`,
        server: random.pick(servers),
        ...comment(random),
      }
    },
    unique: ['mac-address'],
    optional: ['comment'],
  },
  {
    path: '/interface bridge port',
    make: (random, config) => {
      const bridges = names(config, '/interface bridge')
      if (bridges.length === 0) return undefined
      return {
        bridge: random.pick(bridges),
        interface: random.pick(interfaces(config)),
        ...(random.chance(0.3) ? { pvid: String(random.below(50) + 2) } : {}),
        ...comment(random),
      }
    },
    unique: ['interface'],
    ordered: true,
    optional: ['pvid', 'comment'],
  },
  {
    path: '/interface list member',
    make: (random, config) => {
      const lists = names(config, '/interface list')
      if (lists.length === 0) return undefined
      return { interface: random.pick(interfaces(config)), list: random.pick(lists) }
    },
    unique: ['interface', 'list'],
    optional: [],
  },
  {
    path: '/ip address',
    make: (random, config) => ({
      address: `${address(random)}/24`,
      interface: random.pick(interfaces(config)),
      ...comment(random),
      ...disabled(random),
    }),
    unique: ['address'],
    optional: ['comment', 'disabled'],
  },
  {
    path: '/ip dns static',
    make: (random) => ({
      address: address(random),
      name: `${random.pick(words)}.example`,
      ...comment(random),
    }),
    unique: ['name', 'address'],
    ordered: true,
    optional: ['comment'],
  },
  {
    path: '/ip firewall address-list',
    make: (random) => ({ address: address(random), list: random.pick(['blocked', 'admins']) }),
    unique: ['address', 'list'],
    optional: [],
  },
  { path: '/ip firewall filter', make: rule, ordered: true, optional: ruleOptions },
  {
    path: '/ip firewall nat',
    make: (random, config) => ({
      ...rule(random, config),
      action: random.pick(['masquerade', 'accept', 'dst-nat']),
      chain: random.pick(['srcnat', 'dstnat']),
    }),
    ordered: true,
    optional: ruleOptions.filter((name) => name !== 'action'),
  },
  {
    path: '/ip route',
    make: (random) => ({
      ...(random.chance(0.7) ? { 'dst-address': `198.51.100.${random.below(250)}/32` } : {}),
      gateway: address(random),
      ...(random.chance(0.2) ? { distance: '5' } : {}),
      ...comment(random),
    }),
    optional: ['distance', 'comment'],
  },
  {
    path: '/system scheduler',
    make: (random) => ({
      interval: '1d',
      'start-date': '2025-01-02',
      'start-time': '03:04:05',
      name: freshName(random),
      'on-event': random.pick(texts) || 'x',
      policy: 'read,write,test',
    }),
    unique: ['name'],
    optional: [],
  },
  {
    path: '/system script',
    make: (random) => ({
      'dont-require-permissions': 'no',
      name: freshName(random),
      owner: 'admin',
      policy: 'read,write,test',
      source: `${random.pick(texts)}\n${random.pick(texts)}`,
    }),
    unique: ['name'],
    optional: [],
  },
]

const allPolicies =
  'local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,rest-api'

/** Built-in entries and singletons with the properties an export may state. */
const builtins: readonly (readonly [
  path: string,
  selector: string | undefined,
  values: Record<string, readonly string[]>,
])[] = [
  ...ports.map(
    (port) =>
      [
        '/interface ethernet',
        `[ find default-name=${port} ]`,
        { comment: ['a', 'b c'], disabled: ['yes'], mtu: ['1400', '9000'] },
      ] as const,
  ),
  ['/ip service', 'telnet', { disabled: ['yes'], port: ['2323'] }],
  ['/ip service', 'ssh', { address: ['192.0.2.0/24', '192.0.2.0/25,198.51.100.0/24'], port: ['222'] }],
  ['/system logging', '0', { topics: ['info,!debug', 'info,!dns'] }],
  [
    '/user group',
    'full',
    { policy: [allPolicies.replace('telnet,', ''), allPolicies.replace('web,sniff,', '')] },
  ],
  ['/ip dns', undefined, { servers: ['192.0.2.1', '192.0.2.1,192.0.2.2'], 'allow-remote-requests': ['yes'] }],
  ['/system identity', undefined, { name: ['r1', 'r 2', 'MikroTik-9'] }],
]

/** A configuration to start from. */
export function randomConfig(random: Random, size: number): RandomConfig {
  const config: RandomConfig = new Map()
  for (let count = 0; count < size; count++) addItem(random, config, random.pick(menuModels))
  for (let count = 0; count < size / 4; count++) setBuiltin(random, config)
  return config
}

function addItem(random: Random, config: RandomConfig, model: MenuModel): void {
  const values = model.make(random, config)
  if (values === undefined || isTaken(config, model, values)) return
  const menu = config.get(model.path) ?? []
  const at = model.ordered ? random.below(menu.length + 1) : menu.length
  menu.splice(at, 0, { values })
  config.set(model.path, menu)
}

const interfaceMenus = ['/interface bridge', '/interface vlan', '/interface wireguard']

function isTaken(
  config: RandomConfig,
  model: MenuModel,
  values: Record<string, string>,
  but?: Item,
): boolean {
  if (interfaceMenus.includes(model.path)) {
    return interfaces(config).some((name) => name === values.name && name !== but?.values.name)
  }
  const { unique } = model
  if (unique === undefined) return false
  return (config.get(model.path) ?? []).some(
    (item) => item !== but && unique.every((name) => item.values[name] === values[name]),
  )
}

function setBuiltin(random: Random, config: RandomConfig): void {
  const [path, selector, values] = random.pick(builtins)
  const menu = config.get(path) ?? []
  let item = menu.find((each) => each.selector === selector)
  if (item === undefined) {
    item = { ...(selector === undefined ? {} : { selector }), values: {} }
    menu.push(item)
  }
  const name = random.pick(Object.keys(values))
  if (
    item.values[name] !== undefined &&
    random.chance(0.5) &&
    path !== '/user group' &&
    path !== '/system logging'
  )
    delete item.values[name]
  else item.values[name] = random.pick(values[name] as readonly string[])
  if (Object.keys(item.values).length === 0) menu.splice(menu.indexOf(item), 1)
  config.set(path, menu)
}

/** Where the names of a menu are used: path and property. */
const uses: readonly (readonly [target: string, path: string, property: string])[] = [
  ['interface', '/interface vlan', 'interface'],
  ['interface', '/ip dhcp-server', 'interface'],
  ['interface', '/interface bridge port', 'interface'],
  ['interface', '/interface list member', 'interface'],
  ['interface', '/ip address', 'interface'],
  ['interface', '/ip firewall filter', 'in-interface'],
  ['interface', '/ip firewall nat', 'in-interface'],
  ['/interface bridge', '/interface bridge port', 'bridge'],
  ['/interface list', '/interface list member', 'list'],
  ['/interface list', '/ip firewall filter', 'in-interface-list'],
  ['/interface list', '/ip firewall nat', 'in-interface-list'],
  ['/ip pool', '/ip dhcp-server', 'address-pool'],
  ['/ip dhcp-server', '/ip dhcp-server lease', 'server'],
  ['/queue type', '/queue simple', 'queue'],
]

function replaceName(config: RandomConfig, path: string, before: string, after: string | undefined): void {
  for (const [target, user, property] of uses) {
    const fits =
      target === path ||
      (target === 'interface' && (interfaceMenus.includes(path) || path === '/interface ethernet'))
    if (!fits) continue
    const menu = config.get(user) ?? []
    for (const item of [...menu]) {
      const value = item.values[property]
      if (value === undefined || !value.split(/[!/]/).includes(before)) continue
      if (after !== undefined) {
        item.values[property] = value
          .split(/([!/])/)
          .map((part) => (part === before ? after : part))
          .join('')
        continue
      }
      removeItem(config, user, item)
    }
  }
}

function removeItem(config: RandomConfig, path: string, item: Item): void {
  const menu = config.get(path) ?? []
  const at = menu.indexOf(item)
  if (at < 0) return
  menu.splice(at, 1)
  if (item.values.name !== undefined) replaceName(config, path, item.values.name, undefined)
}

/** Changes the configuration in one of the ways people do. */
export function randomEdit(random: Random, config: RandomConfig): void {
  const filled = menuModels.filter((model) => (config.get(model.path)?.length ?? 0) > 0)
  if (filled.length === 0) {
    addItem(random, config, random.pick(menuModels))
    return
  }
  const model = random.pick(filled)
  const menu = config.get(model.path) as Item[]
  const item = random.pick(menu)
  switch (random.below(12)) {
    case 0:
    case 1:
      addItem(random, config, random.pick(menuModels))
      return
    case 2:
      removeItem(config, model.path, item)
      return
    case 3: {
      // Another value for some properties.
      const fresh = model.make(random, config)
      if (fresh === undefined) return
      const values = { ...item.values }
      for (const name of Object.keys(fresh))
        if (name !== 'name' && random.chance(0.4)) values[name] = fresh[name] as string
      if (!isTaken(config, model, values, item)) item.values = values
      return
    }
    case 4: {
      const present = model.optional.filter((name) => item.values[name] !== undefined)
      if (present.length > 0) delete item.values[random.pick(present)]
      return
    }
    case 5:
    case 6: {
      // To another place.
      if (!model.ordered) return
      menu.splice(menu.indexOf(item), 1)
      menu.splice(random.below(menu.length + 1), 0, item)
      return
    }
    case 7:
      rename(random, config, model, item)
      return
    case 8:
      exchangeNames(random, config, model)
      return
    case 9:
      // A twin, where the menu allows it.
      if (model.unique === undefined)
        menu.splice(random.below(menu.length + 1), 0, { values: { ...item.values } })
      return
    case 10:
      changeKind(random, config, item, model)
      return
    default:
      setBuiltin(random, config)
  }
}

function rename(random: Random, config: RandomConfig, model: MenuModel, item: Item): void {
  const before = item.values.name
  if (before === undefined || model.unique?.[0] !== 'name' || model.unique.length > 1) return
  const after = freshName(random)
  const isFree = interfaceMenus.includes(model.path)
    ? !interfaces(config).includes(after)
    : !names(config, model.path).includes(after)
  if (!isFree) return
  item.values = { ...item.values, name: after }
  replaceName(config, model.path, before, after)
}

/** Two items take each other's name, and what refers to the names is left as it is: it means the other one now. */
function exchangeNames(random: Random, config: RandomConfig, model: MenuModel): void {
  const menu = config.get(model.path) ?? []
  if (menu.length < 2 || model.unique?.join() !== 'name') return
  const first = random.pick(menu)
  const second = random.pick(menu)
  if (first === second) return
  const name = first.values.name as string
  first.values = { ...first.values, name: second.values.name as string }
  second.values = { ...second.values, name }
}

/** A bridge becomes a VLAN of the same name, or the other way round, and what names it goes on doing so. */
function changeKind(random: Random, config: RandomConfig, item: Item, model: MenuModel): void {
  if (model.path !== '/interface wireguard' && model.path !== '/interface vlan') return
  const other = model.path === '/interface vlan' ? '/interface wireguard' : '/interface vlan'
  const values = menuModels.find((each) => each.path === other)?.make(random, config)
  if (values === undefined || values.interface === item.values.name) return
  const menu = config.get(model.path) as Item[]
  menu.splice(menu.indexOf(item), 1)
  config.set(other, [
    ...(config.get(other) ?? []),
    { values: { ...values, name: item.values.name as string } },
  ])
}

/** The configuration as an export: 7.x header, one command a line. */
export function renderConfig(config: RandomConfig): string {
  let text = '# 2025-01-02 03:04:05 by RouterOS 7.16.2\n# software id = AAAA-0000\n#\n'
  const paths = [
    ...new Set([
      '/interface ethernet',
      ...menuModels.map((model) => model.path),
      ...builtins.map(([path]) => path),
    ]),
  ]
  for (const path of paths) {
    const items = config.get(path) ?? []
    if (items.length === 0) continue
    text += `${path}\n`
    const isBuiltin = (item: Item) =>
      item.selector !== undefined || path === '/ip dns' || path === '/system identity'
    for (const item of [...items.filter(isBuiltin), ...items.filter((each) => !isBuiltin(each))]) {
      const properties = Object.keys(item.values)
        .sort()
        .map((name) => `${name}=${quote(item.values[name] as string)}`)
      text += `${[isBuiltin(item) ? 'set' : 'add', ...(item.selector === undefined ? [] : [item.selector]), ...properties].join(' ')}\n`
    }
  }
  return text
}

function quote(value: string): string {
  if (/^[\w./:,*!<>@%+-]+$/.test(value)) return value
  const escaped = value.replace(/[\\"$?\r\n\t\x80-\xff]/g, (character) => {
    const known = { '\r': '\\r', '\n': '\\n', '\t': '\\t' }[character]
    if (known !== undefined) return known
    return character > '~' ? `\\${character.charCodeAt(0).toString(16).toUpperCase()}` : `\\${character}`
  })
  return `"${escaped}"`
}
