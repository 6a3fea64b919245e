import { describe, expect, it } from 'vitest'
import { runRace } from '../../faults/race/run-race.js'

/** The full run is `npm run faults -- --races 5000`. */
const first = Number(process.env.TOD_SEED ?? 1)
const count = Number(process.env.TOD_RACES ?? 60)

describe('the race between our disarming and the guard', () => {
  it(`is never lost: seeds ${first} to ${first + count - 1}`, { timeout: 240_000 }, async () => {
    const lost: unknown[] = []
    const ends = new Set<string>()

    for (let seed = first; seed < first + count; seed++) {
      const { end, violations } = await runRace(seed)
      ends.add(end)
      if (violations.length > 0) lost.push({ seed, end, violations })
    }

    expect(lost).toEqual([])
    // A race in which nobody ever wins or loses shows nothing.
    expect([...ends]).toEqual(expect.arrayContaining(['committed', 'reverted', 'aborted']))
  })
})
