/** An inclusive range of addresses of one family, as numbers. */
export interface IpRange {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

/** Address and prefix length of `192.0.2.1/24`; the address keeps its host bits. */
export interface IpPrefix {
  readonly family: 4 | 6
  readonly address: bigint
  readonly length: number
}

/** Number of bits of an address. */
export function addressBits(family: 4 | 6): number {
  return family === 4 ? 32 : 128
}

/** Reads one IPv4 or IPv6 address; undefined when the text is none. */
export function parseIpAddress(text: string): { family: 4 | 6; address: bigint } | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): { family: 4; address: bigint } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (match === null) return undefined
  let address = 0n
  for (const part of match.slice(1)) {
    const octet = Number(part)
    if (octet > 255) return undefined
    address = (address << 8n) | BigInt(octet)
  }
  return { family: 4, address }
}

function parseIpv6(text: string): { family: 6; address: bigint } | undefined {
  let written = text
  const zone = written.indexOf('%')
  if (zone >= 0) written = written.slice(0, zone)
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(written)
  if (dotted !== null) {
    const low = parseIpv4(dotted[2] ?? '')
    if (low === undefined) return undefined
    written = `${dotted[1]}${(low.address >> 16n).toString(16)}:${(low.address & 0xffffn).toString(16)}`
  }
  const halves = written.split('::')
  if (halves.length > 2) return undefined
  const groups = (half: string | undefined): string[] =>
    half === undefined || half === '' ? [] : half.split(':')
  const head = groups(halves[0])
  const tail = groups(halves[1])
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  let address = 0n
  for (const group of [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail]) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined
    address = (address << 16n) | BigInt(`0x${group}`)
  }
  return { family: 6, address }
}

/** Reads `address` or `address/length`; a plain address has the full length. */
export function parseIpPrefix(text: string): IpPrefix | undefined {
  const cut = text.indexOf('/')
  const parsed = parseIpAddress(cut < 0 ? text : text.slice(0, cut))
  if (parsed === undefined) return undefined
  const bits = addressBits(parsed.family)
  if (cut < 0) return { ...parsed, length: bits }
  const written = text.slice(cut + 1)
  if (/^\d{1,3}$/.test(written)) {
    const length = Number(written)
    return length <= bits ? { ...parsed, length } : undefined
  }
  const mask = parsed.family === 4 ? parseIpv4(written) : undefined
  if (mask === undefined) return undefined
  const length = mask.address.toString(2).replace(/0+$/, '').length
  return { ...parsed, length: mask.address === 0n ? 0 : length }
}

/** All addresses of the network a prefix lies in. */
export function prefixRange(prefix: IpPrefix): IpRange {
  const host = BigInt(addressBits(prefix.family) - prefix.length)
  const first = (prefix.address >> host) << host
  return { family: prefix.family, first, last: first + (1n << host) - 1n }
}

/** Reads what address matchers take: an address, a prefix or `first-last`. */
export function parseIpRange(text: string): IpRange | undefined {
  const dash = text.indexOf('-')
  if (dash < 0) {
    const prefix = parseIpPrefix(text)
    return prefix === undefined ? undefined : prefixRange(prefix)
  }
  const first = parseIpAddress(text.slice(0, dash))
  const last = parseIpAddress(text.slice(dash + 1))
  if (first === undefined || last === undefined || first.family !== last.family) return undefined
  return { family: first.family, first: first.address, last: last.address }
}

/** True when every address of `inner` is in `outer`. */
export function rangeContains(outer: IpRange, inner: IpRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last
}

/** True when the two have an address in common. */
export function rangesOverlap(a: IpRange, b: IpRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last
}

/** Text of an address; IPv6 with the longest run of zero groups shortened. */
export function formatIpAddress(family: 4 | 6, address: bigint): string {
  if (family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join('.')
  }
  const groups: string[] = []
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(((address >> shift) & 0xffffn).toString(16))
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)]
  const longest = runs.sort((a, b) => b[0].length - a[0].length)[0]
  if (longest === undefined) return groups.join(':')
  const joined = groups.join(':')
  const before = joined.slice(0, longest.index)
  const after = joined.slice(longest.index + longest[0].length)
  return `${before}::${after.replace(/^:/, '')}`
}
