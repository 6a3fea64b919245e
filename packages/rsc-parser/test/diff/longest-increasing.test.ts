import { describe, expect, it } from 'vitest'
import { longestIncreasing } from '../../src/diff/longest-increasing.js'
import { Random } from '../plan/random-config.js'

function bruteForce(values: readonly number[]): number {
  let best = 0
  for (let mask = 0; mask < 1 << values.length; mask++) {
    const picked = values.filter((_, at) => mask & (1 << at))
    if (picked.every((value, at) => at === 0 || (picked[at - 1] as number) < value))
      best = Math.max(best, picked.length)
  }
  return best
}

describe('longestIncreasing', () => {
  it('finds an increasing subsequence as long as any', () => {
    const random = new Random(3)
    for (let round = 0; round < 200; round++) {
      const values = Array.from({ length: random.below(10) }, () => random.below(12))
      const picked = longestIncreasing(values)

      expect(
        picked.every(
          (at, place) =>
            place === 0 || (values[picked[place - 1] as number] as number) < (values[at] as number),
        ),
      ).toBe(true)
      expect(picked.length, JSON.stringify(values)).toBe(bruteForce(values))
    }
  })
})
