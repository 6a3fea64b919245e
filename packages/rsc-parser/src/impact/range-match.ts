import type { Condition, ConditionSpace } from './condition-space.js'
import { type IpRange, parseIpRange } from './ip-range.js'

/** When an address is in what an address matcher says: an address, a prefix or a range. */
export function rangeTextMatches(
  text: string,
  inRange: (range: IpRange) => Condition,
  space: ConditionSpace,
): Condition {
  const range = parseIpRange(text)
  return range === undefined ? space.variable(`an address matches ${text}`) : inRange(range)
}
