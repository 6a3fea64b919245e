import { parseDuration } from '../language/durations.js'
import { failure, RouterError } from '../language/router-error.js'
import { checkSpecialValues } from './check-special-values.js'
import type { ConfigItem, StoredValue } from './config-item.js'
import { wordOf } from './enumerations.js'
import { isInterfaceMenu } from './interface-family.js'
import { findByName, namesIn, referenceTargets, targetMenus } from './reference.js'
import type { RouterConfig } from './router-config.js'
import { hasWrongForm } from './value-forms.js'

type Values = ReadonlyMap<string, StoredValue>

/** Words that stand in the place of a name. */
const KEYWORDS: ReadonlySet<string> = new Set([
  '',
  'all',
  'none',
  'any',
  'main',
  'dynamic',
  'static',
  'static-only',
  'default',
  'default-encryption',
  'unspecified',
  'disabled',
  'same',
  'all-ethernet',
  'all-ppp',
  'all-vlan',
  'all-wireless',
  'global',
  'global-in',
  'global-out',
  'bridge-local',
  'auto',
  'no-mark',
  'lo',
  'yes',
  'no',
  '*',
])

/** Reference targets that a router checks when a value is set. */
const CHECKED_TARGETS: ReadonlySet<string> = new Set([
  '/interface',
  '/interface list',
  '/interface bridge',
  '/ip pool',
  '/ppp profile',
  '/user group',
  '/interface wireless security-profiles',
  '/queue type',
  '/ip dhcp-server option',
  '/ip ipsec peer',
  '/ip ipsec profile',
  '/ip ipsec proposal',
  '/routing ospf area',
  '/routing ospf instance',
  '/system logging action',
])

/** Names that hardware gives its ports; a configuration need not mention them for them to exist. */
const PORT_NAME =
  /^(?:ether|sfp|sfp-sfpplus|sfpplus|sfp28-|qsfpplus\d+-|qsfp28-\d+-|combo|wlan|wifi|lte|w60g|wlan60-)\d+$/

function checkReferences(config: RouterConfig, path: string, values: Values): void {
  const refs = config.facts(path)?.refs
  if (refs === undefined) return
  for (const [property, value] of values) {
    const spec = refs[property]
    if (spec === undefined || typeof value !== 'string') continue
    const targets = referenceTargets(spec, path)
    if (targets.some((target) => target.byUse || !CHECKED_TARGETS.has(target.menu))) continue
    for (const name of namesIn(value)) {
      if (KEYWORDS.has(name) || (/[.:%@]/.test(name) && property !== 'interface' && property !== 'bridge'))
        continue
      const exists = (one: string): boolean =>
        targets.some((target) => findByName(config, target.menu, one) !== undefined)
      if (exists(name) || name.split('/').every((part) => KEYWORDS.has(part) || exists(part))) continue
      const isPort = targets.some((target) => target.menu === '/interface') && PORT_NAME.test(name)
      if (isPort && !portsAreKnown(config)) continue
      throw new RouterError(`input does not match any value of ${property}`)
    }
  }
}

/** True when the board's ports were all put into the configuration. */
function portsAreKnown(config: RouterConfig): boolean {
  return config.portsAreKnown || targetMenus(config, '/interface').length === 0
}

function checkUnique(config: RouterConfig, path: string, values: Values, self: ConfigItem | undefined): void {
  const name = values.get('name')
  if (typeof name === 'string') {
    const isInterface = isInterfaceMenu(path)
    const other = findByName(config, isInterface ? '/interface' : path, name)
    if (other !== undefined && other !== self && nameIsKey(config, path)) {
      if (isInterface) throw failure(`already have interface with name ${name}`)
      throw failure(
        path === '/user' ? 'user with the same name already exists' : 'item with such name already exists',
      )
    }
  }
  const menu = config.menu(path)
  if (menu === undefined) return
  const valueAfter = (property: string): StoredValue | undefined =>
    values.has(property) ? values.get(property) : self === undefined ? undefined : menu.read(self, property)
  const clash = (properties: readonly string[]): boolean => {
    const wanted: string[] = []
    for (const property of properties) {
      const value = valueAfter(property)
      if (typeof value !== 'string') return false
      wanted.push(value)
    }
    for (const item of menu.withValues(properties, wanted)) if (item !== self && !item.dynamic) return true
    return false
  }
  const touches = (properties: readonly string[]): boolean =>
    properties.some((property) => values.has(property))
  if (path === '/ip address' && touches(['address', 'interface']) && clash(['address', 'interface'])) {
    throw failure('already have such address')
  }
  if (path === '/interface bridge port' && touches(['interface']) && clash(['interface'])) {
    throw failure('device already added as bridge port')
  }
  if (path === '/interface list member' && touches(['interface', 'list']) && clash(['interface', 'list'])) {
    throw failure('already have such entry')
  }
  if (
    /^\/ip(?:v6)? firewall address-list$/.test(path) &&
    touches(['address', 'list']) &&
    clash(['address', 'list'])
  ) {
    throw failure('already have such entry')
  }
  if (path === '/ip dhcp-client' && touches(['interface']) && clash(['interface'])) {
    throw failure('dhcp-client on that interface already exists')
  }
}

/** Menus whose items may share a name. */
const SHARED_NAMES: ReadonlySet<string> = new Set([
  '/ip dns static',
  '/ip dhcp-client',
  '/routing bgp connection',
  '/routing bgp peer',
  '/tool netwatch',
])

/** Items of a few menus may share a name: static DNS entries, for one. */
function nameIsKey(config: RouterConfig, path: string): boolean {
  if (SHARED_NAMES.has(path)) return false
  const keys = config.facts(path)?.keys ?? []
  return keys.some((tuple) => tuple.length === 1 && tuple[0] === 'name')
}

interface NumberRange {
  readonly min: number
  readonly max: number
}

const RANGES: Readonly<Record<string, NumberRange>> = {
  'vlan-id': { min: 1, max: 4095 },
  pvid: { min: 1, max: 4094 },
  distance: { min: 1, max: 255 },
}

const YES_NO: ReadonlySet<string> = new Set([
  'disabled',
  'add-default-route-v4',
  'auto-mac',
  'vlan-filtering',
  'log',
  'passthrough',
  'igmp-snooping',
  'auto-negotiation',
  'dont-require-permissions',
])

function checkRange(property: string, value: string, { min, max }: NumberRange): void {
  if (!/^\d+$/.test(value)) {
    if (/^\d+[A-Za-z]+$/.test(value))
      throw new RouterError(`value of ${property} contains invalid trailing characters`)
    throw new RouterError(`invalid value for argument ${property}`)
  }
  if (Number(value) < min || Number(value) > max) {
    throw new RouterError(`value of ${property} out of range (${min}..${max})`)
  }
}

function checkTypes(path: string, values: Values): void {
  for (const [property, value] of values) {
    if (typeof value !== 'string') continue
    wordOf(path, property, value)
    if (hasWrongForm(path, property, value)) throw new RouterError(`invalid value for argument ${property}`)
    const range = RANGES[property]
    if (range !== undefined && !/\d[,-]\d|[/%]/.test(value) && path !== '/interface wireless') {
      if (path.startsWith('/interface') || path === '/ip route' || path === '/ipv6 route')
        checkRange(property, value, range)
    }
    if (YES_NO.has(property) && value !== 'yes' && value !== 'no') {
      throw new RouterError(`invalid value for argument ${property}`)
    }
    if (property === 'mtu' && /^\d+[A-Za-z]+$/.test(value)) {
      throw new RouterError('value of mtu contains invalid trailing characters')
    }
    if (property === 'address' && path === '/ip address') checkAddress(value)
    if (property === 'interval' && path === '/system scheduler' && parseDuration(value) === undefined) {
      throw new RouterError('invalid value for argument interval')
    }
  }
}

function checkAddress(value: string): void {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(value)
  const valid: boolean | undefined =
    match?.slice(1, 5).every((octet) => Number(octet) < 256) && Number(match[5] ?? 32) <= 32
  if (valid !== true) throw new RouterError('invalid value for argument address')
}

/**
 * Refuses values as a router does.
 * @param self the item that is changed; absent for a new one.
 * @throws RouterError with the router's text.
 */
export function checkValues(config: RouterConfig, path: string, values: Values, self?: ConfigItem): void {
  checkTypes(path, values)
  checkReferences(config, path, values)
  checkUnique(config, path, values, self)
  const menu = config.menu(path)
  checkSpecialValues(path, (property) =>
    values.has(property) || self === undefined ? values.get(property) : menu?.read(self, property),
  )
}

/** Refuses an item that lacks what `add` needs, or clashes with what is there. */
export function checkNewItem(config: RouterConfig, path: string, values: Values): void {
  // What is required was asked of v7; routing is another program there.
  const isAnother = config.major < 7 && path.startsWith('/routing ')
  const required = isAnother ? [] : (config.facts(path)?.required ?? [])
  const missing = required.filter((property) => !values.has(property) && !OPTIONAL_IN[path]?.has(property))
  if (missing.length > 0) throw new RouterError(`missing value(s) of argument(s) ${missing.join(' ')}`)
  checkValues(config, path, values)
}

/** What the tables call required though some version or way of adding goes without. */
const OPTIONAL_IN: Readonly<Record<string, ReadonlySet<string>>> = {
  '/user': new Set(['password']),
  '/ip dhcp-server': new Set(['name']),
}
