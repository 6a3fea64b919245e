import { propertyOf, type ViewItem } from '../../impact/device-view.js'
import { type IpPrefix, parseIpPrefix } from '../../impact/ip-range.js'
import type { LintSource } from '../lint-source.js'
import type { Rule } from '../rule.js'

/** Overlapping networks on two interfaces. */
export const overlappingSubnets: Rule = {
  id: 'overlapping-subnets',
  category: 'correctness',
  summary: 'Overlapping networks on two interfaces.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    const networks = new Networks()
    for (const item of source.enabled('/ip address')) {
      const prefix = parseIpPrefix(propertyOf(item, 'address'))
      const name = propertyOf(item, 'interface')
      if (prefix === undefined || prefix.length >= 31 || !isUsable(source, name)) continue
      const other = networks.findOther(prefix, name)
      if (other !== undefined) {
        const otherName = propertyOf(other, 'interface')
        yield {
          range: source.propertyRange(item, 'address'),
          message: `This network overlaps that of ${otherName}: hosts of one side may be looked for on the other.`,
          related: [{ range: source.rangeOf(other), message: `The network of ${otherName}.` }],
        }
      }
      networks.add(prefix, item)
    }
  },
}

/** VRRP shares the network of its interface on purpose; a disabled interface has no network. */
function isUsable(source: LintSource, name: string): boolean {
  const found = source.interfaces.get(name)
  return found?.enabled !== false && found?.kind !== 'vrrp'
}

/** IPv4 networks with their addresses. Two overlap exactly when one holds the other. */
class Networks {
  readonly #own = new Map<string, ViewItem[]>()
  /** Items by every network that holds theirs. */
  readonly #below = new Map<string, ViewItem[]>()

  add(prefix: IpPrefix, item: ViewItem): void {
    keep(this.#own, keyOf(prefix, prefix.length), item)
    for (let length = 0; length <= prefix.length; length++) keep(this.#below, keyOf(prefix, length), item)
  }

  /** An item of another interface whose network overlaps. */
  findOther(prefix: IpPrefix, name: string): ViewItem | undefined {
    const isOther = (item: ViewItem): boolean => propertyOf(item, 'interface') !== name
    for (let length = 0; length < prefix.length; length++) {
      const found = this.#own.get(keyOf(prefix, length))?.find(isOther)
      if (found !== undefined) return found
    }
    return this.#below.get(keyOf(prefix, prefix.length))?.find(isOther)
  }
}

/** Two items of different interfaces are enough to have one of another interface for any. */
function keep(items: Map<string, ViewItem[]>, key: string, item: ViewItem): void {
  const known = items.get(key)
  if (known === undefined) items.set(key, [item])
  else if (known.length < 2 && propertyOf(known[0], 'interface') !== propertyOf(item, 'interface'))
    known.push(item)
}

function keyOf({ address }: IpPrefix, length: number): string {
  return `${address >> BigInt(32 - length)}/${length}`
}
