import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/faults/seeded-random.js'
import { commonLines } from '../../src/fidelity/line-difference.js'

describe('lines that two texts share', () => {
  it('are as many as can be, in order', () => {
    const pairs = commonLines([...'abcabba'], [...'cbabac'])

    expect(pairs).toHaveLength(4)
    expect(
      pairs.every(
        ([i, j], at) => at === 0 || (i > (pairs[at - 1]?.[0] ?? 0) && j > (pairs[at - 1]?.[1] ?? 0)),
      ),
    ).toBe(true)
  })

  it('are found in texts of a hundred thousand lines', () => {
    const random = seededRandom(7)
    const a = Array.from({ length: 100_000 }, (_, index) => `line ${index}`)
    const changed = new Set(Array.from({ length: 500 }, () => Math.floor(random() * a.length)))
    const b = a.flatMap((line, index) => (changed.has(index) ? [`${line} else`, 'add'] : [line]))

    expect(commonLines(a, b)).toHaveLength(a.length - changed.size)
  })
})
