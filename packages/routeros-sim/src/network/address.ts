/** An address as a number, with its family. */
export interface AddressValue {
  readonly family: 4 | 6
  readonly value: bigint
}

/** Reads an IPv4 or IPv6 address; undefined when it is none. IPv4 in IPv6 (`::ffff:1.2.3.4`) counts as IPv4. */
export function parseAddress(text: string): AddressValue | undefined {
  const plain = text.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(plain)
  if (v4 !== null) {
    const octets = v4.slice(1, 5).map(Number)
    if (octets.some((octet) => octet > 255)) return undefined
    return { family: 4, value: octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) }
  }
  if (!/^[0-9a-fA-F:]+$/.test(plain) || !plain.includes(':')) return undefined
  const [head = '', tail, ...more] = plain.split('::')
  if (more.length > 0) return undefined
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const left = groups(head)
  const right = tail === undefined ? [] : groups(tail)
  const missing = 8 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined
  const all = [...left, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...right]
  if (all.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return { family: 6, value: all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n) }
}

/** First and last address of a prefix, a range or a single address. */
export interface AddressRange {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

/** Reads `10.0.0.0/8`, `10.0.0.1-10.0.0.9` or `10.0.0.1`; undefined when it is none. */
export function parseRange(text: string): AddressRange | undefined {
  const dash = text.indexOf('-')
  if (dash > 0) {
    const from = parseAddress(text.slice(0, dash))
    const to = parseAddress(text.slice(dash + 1))
    if (from === undefined || to === undefined || from.family !== to.family) return undefined
    return { family: from.family, first: from.value, last: to.value }
  }
  const [address = '', bits] = text.split('/')
  const base = parseAddress(address)
  if (base === undefined) return undefined
  const width = base.family === 4 ? 32 : 128
  const length = bits === undefined ? width : Number(bits)
  if (!Number.isInteger(length) || length < 0 || length > width) return undefined
  const size = 1n << BigInt(width - length)
  const first = (base.value / size) * size
  return { family: base.family, first, last: first + size - 1n }
}

/** True when an address lies in a prefix, range or single address. */
export function isInPrefix(address: string, prefix: string): boolean {
  const value = parseAddress(address)
  const range = parseRange(prefix)
  return (
    value !== undefined &&
    range !== undefined &&
    value.family === range.family &&
    value.value >= range.first &&
    value.value <= range.last
  )
}
