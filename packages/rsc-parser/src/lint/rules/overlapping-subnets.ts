import { propertyOf, type ViewItem } from '../../impact/device-view.js'
import { type IpRange, parseIpPrefix, prefixRange, rangesOverlap } from '../../impact/ip-range.js'
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
    const known: { readonly item: ViewItem; readonly range: IpRange; readonly name: string }[] = []
    for (const item of source.enabled('/ip address')) {
      const prefix = parseIpPrefix(propertyOf(item, 'address'))
      if (prefix === undefined || prefix.length >= 31) continue
      const range = prefixRange(prefix)
      const name = propertyOf(item, 'interface')
      if (!isUsable(source, name)) continue
      const other = known.find((each) => each.name !== name && rangesOverlap(each.range, range))
      if (other !== undefined) {
        yield {
          range: source.propertyRange(item, 'address'),
          message: `This network overlaps that of ${other.name}: hosts of one side may be looked for on the other.`,
          related: [{ range: source.rangeOf(other.item), message: `The network of ${other.name}.` }],
        }
      }
      known.push({ item, range, name })
    }
  },
}

/** VRRP shares the network of its interface on purpose; a disabled interface has no network. */
function isUsable(source: LintSource, name: string): boolean {
  const found = source.interfaces.get(name)
  return found?.enabled !== false && found?.kind !== 'vrrp'
}
