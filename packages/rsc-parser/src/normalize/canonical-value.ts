import type { MenuPath } from '../document/menu-path.js'
import { isScriptProperty } from '../document/script-properties.js'
import { menuFacts } from '../facts/menu-table.js'
import { canonicalIpv6 } from './canonical-ipv6.js'

/** Properties with free text: every byte counts. */
const textProperties = new Set([
  'comment',
  'name',
  'password',
  'secret',
  'ssid',
  'contact',
  'location',
  'note',
  'content',
  'regexp',
  'regex',
  'user',
  'username',
  'value',
  'raw-value',
  'text',
  'log-prefix',
  'default-name',
  'list',
  'chain',
  'identity',
  'host',
  'hostname',
  'url',
  'path',
  'key',
  'body',
  'service-name',
  'my-id',
  'remote-id',
  'client-id',
  'dhcp-option',
  'environment',
  'cmd',
  'entrypoint',
])

/** Comma lists whose order has no meaning. Source: RouterOS manual of the menus; seen on 6.x and 7.x. */
const setProperties = new Set([
  'connection-state',
  'connection-nat-state',
  'policy',
  'topics',
  'tagged',
  'untagged',
  'tcp-flags',
  'authentication-types',
  'auth-algorithms',
  'enc-algorithms',
  'hash-algorithms',
  'enc-algorithm',
  'authentication',
  'unicast-ciphers',
  'group-ciphers',
  'allowed-interfaces',
  'include',
  'exclude',
])

const rateProperties =
  /^(?:(?:total-)?(?:max-limit|limit-at|burst-limit|burst-threshold)|rate-limit|rate|(?:rx|tx)-rate|(?:client-)?[ar]p?-tx-limit|bandwidth|ingress-rate|egress-rate)$/

const duration =
  /^(?:\d+w)?(?:\d+d)?(?:(?:\d+h)?(?:\d+m)?(?:\d+(?:\.\d+)?s)?(?:\d+ms)?(?:\d+us)?|\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)$/
const mac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const oldDate = /^([a-z]{3})\/(\d{2})\/(\d{4})$/
const hexNumber = /^0x[0-9a-f]{1,8}$/i

/**
 * The form of a value by which two exports compare: equal canonical values mean the same to RouterOS.
 * Durations become milliseconds, dates those of 7.10 and later, rates plain numbers, MAC addresses upper case; a host mask
 * is dropped, and the usual one of an IPv6 address; IPv6 is compressed, lists with set meaning are sorted, hexadecimal becomes decimal. Text is left alone.
 * Source: forms measured on exports of 5.26 to 7.22 and the RouterOS manual.
 *
 * @param value decoded byte string.
 */
export function canonicalValue(menu: MenuPath, property: string, value: string): string {
  if (value === '' || isText(menu, property)) return value
  if (menu === '/ipv6 address' && value.endsWith('/64'))
    return canonicalValue(menu, property, value.slice(0, -3))
  const bare = property.slice(property.lastIndexOf('.') + 1)
  if (setProperties.has(bare) && value.includes(',')) return canonicalSet(menu, bare, value)
  if (bare === 'policy') return value.startsWith('!') ? '' : value
  if (value.startsWith('!')) return `!${canonicalValue(menu, property, value.slice(1))}`
  if (value.includes(','))
    return value
      .split(',')
      .map((part) => canonicalAtom(bare, part))
      .join(',')
  return canonicalAtom(bare, value)
}

function isText(menu: MenuPath, property: string): boolean {
  const bare = property.slice(property.lastIndexOf('.') + 1)
  if (textProperties.has(bare)) return true
  const facts = menuFacts(menu)
  if (facts === undefined) return isScriptProperty(bare, undefined)
  if (isScriptProperty(property, facts) || facts.sensitive.includes(property)) return true
  if (facts.sensitiveSoft.includes(property)) return true
  // A name of another item is text too, except where an address may stand in its place.
  return Object.hasOwn(facts.refs, property) && property !== 'gateway' && !setProperties.has(bare)
}

function canonicalSet(menu: MenuPath, property: string, value: string): string {
  const parts = value.split(',').map((part) => part.trim())
  // A group's policy in an export lists what it lacks as `!x`; an item without those is the same group.
  const kept = property === 'policy' ? parts.filter((part) => !part.startsWith('!')) : parts
  const isName = Object.hasOwn(menuFacts(menu)?.refs ?? {}, property)
  return kept
    .map((part) => (isName ? part : canonicalAtom(property, part)))
    .sort()
    .join(',')
}

function canonicalAtom(property: string, value: string): string {
  const first = value.charCodeAt(0)
  // Most values are words: nothing below applies to them.
  const isNumeric = first >= 48 && first <= 57
  if (value === 'true') return 'yes'
  if (value === 'false') return 'no'
  if (mac.test(value)) return value.toUpperCase()
  if (rateProperties.test(property))
    return value
      .split(/([/ ])/)
      .map(canonicalRate)
      .join('')
  if (value.includes(':') && value.split(':').length > 2 && !duration.test(value)) {
    const ipv6 = canonicalIpv6(value)
    if (ipv6 !== undefined) return ipv6
  }
  if (!isNumeric) return value[3] === '/' ? (canonicalDate(value) ?? value) : value
  if (value.endsWith('/32') && /^\d+\.\d+\.\d+\.\d+\/32$/.test(value)) return value.slice(0, -3)
  if (hexNumber.test(value)) return String(Number.parseInt(value.slice(2), 16))
  return canonicalDuration(value) ?? value
}

/** `jan/02/2024`, as versions before 7.10 write it, in the form of later ones. */
function canonicalDate(value: string): string | undefined {
  const [, month = '', day, year] = oldDate.exec(value) ?? []
  const number = months.indexOf(month) + 1
  return number === 0 ? undefined : `${year}-${String(number).padStart(2, '0')}-${day}`
}

function canonicalRate(part: string): string {
  const rate = /^(\d+(?:\.\d+)?)([kMG])$/.exec(part)
  if (rate === null) return part
  const factor = rate[2] === 'k' ? 1e3 : rate[2] === 'M' ? 1e6 : 1e9
  return String(Math.round(Number(rate[1]) * factor))
}

/** A duration with a unit or colons as milliseconds and `ms`; `undefined` for anything else. */
function canonicalDuration(value: string): string | undefined {
  if (!/[wdhms:]/.test(value) || !duration.test(value)) return undefined
  let milliseconds = 0
  const clock = /(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(value)
  if (clock !== null) {
    milliseconds += Number(clock[1]) * 3_600_000 + Number(clock[2]) * 60_000 + Number(clock[3]) * 1000
  }
  const units = clock === null ? value : value.slice(0, clock.index)
  for (const [, amount, unit] of units.matchAll(/(\d+(?:\.\d+)?)(ms|us|[wdhms])/g)) {
    milliseconds += Number(amount) * (unitMilliseconds[unit ?? ''] ?? 0)
  }
  return `${milliseconds}ms`
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
}
