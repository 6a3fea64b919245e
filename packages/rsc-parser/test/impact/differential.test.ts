import { buildDocument, evaluateManagementPath, parse } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { Dice, officeText, randomOffice } from './random-office.js'
import { oracleOf, randomPath } from './random-path.js'
import { type Attempt, ReferenceRouter } from './reference-router.js'

const rounds = 10_000
const attemptsPerPath = 4
const firstSeed = 20_250_101

interface Tally {
  kept: number
  lost: number
  'cannot tell': number
}

describe('the management path of random configurations', () => {
  it(`is admitted where it is kept and refused where it is lost, ${rounds} times`, {
    timeout: 300_000,
  }, () => {
    const tally: Tally = { kept: 0, lost: 0, 'cannot tell': 0 }
    let undecided = 0
    for (let round = 0; round < rounds; round++) {
      const seed = firstSeed + round * 7919
      const dice = new Dice(seed)
      const office = randomOffice(dice)
      const { path, wires } = randomPath(dice, office)
      const text = officeText(office)
      const result = evaluateManagementPath(buildDocument(parse(text)), path)
      tally[result.verdict]++
      // Nothing leads to where the manager would have to be.
      if (wires.length === 0)
        expect(
          result.verdict,
          `seed ${seed}\n${JSON.stringify(path)}\n${JSON.stringify(result, null, 1)}\n${text}`,
        ).not.toBe('kept')
      const seen = new Set<boolean>()
      for (let at = 0; at < attemptsPerPath && wires.length > 0; at++) {
        const salt = dice.below(1_000_000)
        const attempt: Attempt = {
          source: path.source,
          sourcePort: 1024 + dice.below(64_512),
          destination: path.destination,
          port: path.port ?? 22,
          wire: dice.pick(wires),
        }
        const admitted = new ReferenceRouter(office, oracleOf(salt)).admits(attempt)
        seen.add(admitted)
        const message = `seed ${seed}\n${JSON.stringify(path)} ${JSON.stringify(attempt)}\n${JSON.stringify(result, null, 1)}\n${text}`
        if (result.verdict === 'kept') expect(admitted, message).toBe(true)
        if (result.verdict === 'lost') expect(admitted, message).toBe(false)
      }
      if (result.verdict === 'cannot tell' && seen.size === 1) undecided++
    }
    console.info(
      `${rounds} random paths: ${JSON.stringify(tally)}; cannot tell though ${attemptsPerPath} attempts agreed: ${undecided}`,
    )
    expect(tally.kept).toBeGreaterThan(rounds / 20)
    expect(tally.lost).toBeGreaterThan(rounds / 20)
    expect(tally['cannot tell'] / rounds).toBeLessThan(0.25)
  })
})
