/**
 * The short lower-case form of an IPv6 address, with its prefix length unless that is 128; `undefined` for text
 * that is no IPv6 address. A zone (`fe80::1%ether1`) is kept.
 */
export function canonicalIpv6(text: string): string | undefined {
  const match = /^([0-9a-f:.]+)(%[^/]+)?(?:\/(\d{1,3}))?$/i.exec(text)
  if (match?.[1] === undefined) return undefined
  const groups = expand(match[1].toLowerCase())
  if (groups === undefined) return undefined
  const prefix = match[3] === undefined || match[3] === '128' ? '' : `/${match[3]}`
  return compress(groups) + (match[2] ?? '') + prefix
}

function expand(address: string): readonly number[] | undefined {
  const halves = address.split('::')
  if (halves.length > 2) return undefined
  const left = parseGroups(halves[0] ?? '')
  const right = halves.length === 2 ? parseGroups(halves[1] ?? '') : []
  if (left === undefined || right === undefined) return undefined
  const missing = 8 - left.length - right.length
  if (halves.length === 1) return missing === 0 ? left : undefined
  return missing < 1 ? undefined : [...left, ...new Array<number>(missing).fill(0), ...right]
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const bytes = part.split('.').map(Number)
      if (bytes.length !== 4 || bytes.some((byte) => !(byte >= 0 && byte < 256))) return undefined
      const [a = 0, b = 0, c = 0, d = 0] = bytes
      groups.push(a * 256 + b, c * 256 + d)
    } else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

/** Replaces the longest run of two or more zero groups, the first of equals. */
function compress(groups: readonly number[]): string {
  let best = -1
  let bestLength = 1
  for (let i = 0; i < groups.length; i++) {
    let length = 0
    while (groups[i + length] === 0) length++
    if (length > bestLength) {
      best = i
      bestLength = length
    }
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  return best < 0 ? hex(groups) : `${hex(groups.slice(0, best))}::${hex(groups.slice(best + bestLength))}`
}
