import { type IpRange, parseIpRange, rangeContains } from '../impact/ip-range.js'

const addressMatchers = new Set(['src-address', 'dst-address'])
const portMatchers = new Set(['src-port', 'dst-port', 'port'])
const setMatchers = new Set(['connection-state', 'dst-address-type', 'src-address-type'])
/** Matchers that do not say the same thing each time they are asked, so that a rule with one covers nothing. */
const changing =
  /^(limit|dst-limit|connection-limit|random|nth|per-connection-classifier|time|psd|connection-bytes|connection-rate)$/

/** A matcher of a firewall rule, its value read once. */
export interface Matcher {
  readonly name: string
  readonly value: string
  /** Addresses, ports or words that match; absent when only an equal value is known to match the same. */
  readonly addresses?: IpRange
  readonly ports?: readonly (readonly [first: number, last: number])[]
  readonly words?: readonly string[]
}

/** All matchers of a rule, by name. */
export type Matchers = ReadonlyMap<string, Matcher>

/** Reads the matchers of a rule. */
export function readMatchers(values: ReadonlyMap<string, string>): Matchers {
  return new Map([...values].map(([name, value]) => [name, readMatcher(name, value)]))
}

function readMatcher(name: string, value: string): Matcher {
  if (value.startsWith('!')) return { name, value }
  if (addressMatchers.has(name)) {
    const addresses = parseIpRange(value)
    return addresses === undefined ? { name, value } : { name, value, addresses }
  }
  const words = value.split(',')
  if (portMatchers.has(name)) return { name, value, ports: words.map(portsOf) }
  return setMatchers.has(name) ? { name, value, words } : { name, value }
}

function portsOf(element: string): readonly [first: number, last: number] {
  const [first, last] = element.split('-')
  return [Number(first), Number(last ?? first)]
}

/** True when a rule with these matchers always says the same about the same packet. */
export function isSteady(matchers: Matchers): boolean {
  for (const name of matchers.keys()) if (changing.test(name)) return false
  return true
}

/** True when every packet that `inner` matches is certainly matched by `outer` as well. */
export function matchersCover(outer: Matchers, inner: Matchers): boolean {
  for (const matcher of outer.values()) {
    const other = inner.get(matcher.name)
    if (other === undefined || !covers(matcher, other)) return false
  }
  return true
}

function covers(outer: Matcher, inner: Matcher): boolean {
  if (outer.value === inner.value) return true
  if (outer.addresses !== undefined && inner.addresses !== undefined)
    return rangeContains(outer.addresses, inner.addresses)
  if (outer.words !== undefined && inner.words !== undefined)
    return inner.words.every((word) => outer.words?.includes(word) === true)
  if (outer.ports === undefined || inner.ports === undefined) return false
  return inner.ports.every(
    ([first, last]) => outer.ports?.some(([from, to]) => from <= first && last <= to) === true,
  )
}
