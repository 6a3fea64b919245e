import { parseIpRange, rangeContains } from '../impact/ip-range.js'

const addressMatchers = new Set(['src-address', 'dst-address'])
const setMatchers = new Set([
  'src-port',
  'dst-port',
  'port',
  'connection-state',
  'dst-address-type',
  'src-address-type',
])
/** Matchers that do not say the same thing each time they are asked, so that a rule with one covers nothing. */
const changing =
  /^(limit|dst-limit|connection-limit|random|nth|per-connection-classifier|time|psd|connection-bytes|connection-rate)$/

/** True when every packet that `inner` matches is certainly matched by `outer` as well. */
export function matchersCover(
  outer: ReadonlyMap<string, string>,
  inner: ReadonlyMap<string, string>,
): boolean {
  for (const [name, value] of outer) {
    if (changing.test(name)) return false
    const other = inner.get(name)
    if (other === undefined || !valueCovers(name, value, other)) return false
  }
  return true
}

function valueCovers(name: string, outer: string, inner: string): boolean {
  if (outer === inner) return true
  if (addressMatchers.has(name)) return addressCovers(outer, inner)
  if (!setMatchers.has(name) || outer.startsWith('!') || inner.startsWith('!')) return false
  if (!name.endsWith('port')) return inner.split(',').every((element) => outer.split(',').includes(element))
  const allowed = outer.split(',').map(portsOf)
  return inner
    .split(',')
    .map(portsOf)
    .every(([first, last]) => allowed.some(([from, to]) => from <= first && last <= to))
}

function addressCovers(outer: string, inner: string): boolean {
  if (outer.startsWith('!') || inner.startsWith('!')) return false
  const [wide, narrow] = [parseIpRange(outer), parseIpRange(inner)]
  return wide !== undefined && narrow !== undefined && rangeContains(wide, narrow)
}

function portsOf(element: string): readonly [first: number, last: number] {
  const [first, last] = element.split('-')
  return [Number(first), Number(last ?? first)]
}
