import { buildDocument, compareManagementPath, type LockoutVerdict, parse } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { Dice, type Office, officeText, randomOffice } from './random-office.js'
import { oracleOf, randomPath } from './random-path.js'
import { type Attempt, ReferenceRouter } from './reference-router.js'

const rounds = 4_000
const attemptsPerPair = 6
const firstSeed = 77_000_001

/** A configuration a few edits away: what a person might push in one go. */
function edited(dice: Dice, office: Office): Office {
  const other: Office = structuredClone(office)
  const fresh = randomOffice(dice)
  const edits: readonly (() => void)[] = [
    () => {
      other.filter = dice.chance(50) ? other.filter.toSorted(() => dice.below(3) - 1) : fresh.filter
    },
    () => {
      if (other.filter.length > 0) other.filter.splice(dice.below(other.filter.length), 1)
    },
    () => {
      other.filter.splice(dice.below(other.filter.length + 1), 0, ...fresh.filter.slice(0, 1))
    },
    () => {
      for (const rule of other.filter) if (dice.chance(30)) rule.disabled = !rule.disabled
    },
    () => {
      other.addressLists = other.addressLists.slice(1)
    },
    () => {
      for (const list of other.lists) list.members = dice.some(list.members, 70)
    },
    () => {
      other.ssh = fresh.ssh
    },
    () => {
      other.raw = fresh.raw
    },
    () => {
      other.nat = fresh.nat
    },
    () => {
      other.routes = fresh.routes
    },
    () => {
      other.addresses = dice.chance(50) ? other.addresses.slice(1) : fresh.addresses
    },
    () => {
      if (other.bridge !== undefined) other.bridge.filtering = !other.bridge.filtering
    },
    () => {
      if (other.bridge !== undefined) other.bridge.ports = dice.some(other.bridge.ports, 70)
    },
    () => {
      if (other.bridge !== undefined) other.bridge.rows = dice.some(other.bridge.rows, 70)
    },
    () => {
      other.ports = fresh.ports
    },
    () => {
      other.tracking = fresh.tracking
    },
  ]
  for (let count = 1 + dice.below(2); count > 0; count--) dice.pick(edits)()
  return other
}

describe('changes of random configurations', () => {
  it(`cut what is called lockout and spare what is called safe, ${rounds} times`, {
    timeout: 300_000,
  }, () => {
    const tally: Record<LockoutVerdict, number> = { safe: 0, lockout: 0, 'at-risk': 0 }
    let witnessed = 0
    for (let round = 0; round < rounds; round++) {
      const seed = firstSeed + round * 7919
      const dice = new Dice(seed)
      const before = randomOffice(dice)
      const { path, wires } = randomPath(dice, before)
      const after = edited(dice, before)
      if (wires.length === 0) continue
      const tries = Array.from({ length: attemptsPerPair }, () => ({
        salt: dice.below(1_000_000),
        attempt: {
          source: path.source,
          sourcePort: 1024 + dice.below(64_512),
          destination: path.destination,
          port: path.port ?? 22,
          wire: dice.pick(wires),
        } satisfies Attempt,
      }))
      // What nobody can tell is the same before and after: one oracle for both.
      const inNow = tries.filter(({ salt, attempt }) =>
        new ReferenceRouter(before, oracleOf(salt)).admits(attempt),
      )
      if (inNow.length === 0) continue
      const texts = [before, after].map(officeText)
      const [from, to] = texts.map((text) => buildDocument(parse(text)))
      if (from === undefined || to === undefined) continue
      const report = compareManagementPath(from, to, path)
      tally[report.verdict]++
      for (const { salt, attempt } of inNow) {
        witnessed++
        const still = new ReferenceRouter(after, oracleOf(salt)).admits(attempt)
        const message = `seed ${seed}\n${JSON.stringify(path)} ${JSON.stringify(attempt)}\n${JSON.stringify(report, null, 1)}\n${texts.join('\n-----\n')}`
        if (report.verdict === 'safe') expect(still, message).toBe(true)
        if (report.verdict === 'lockout') expect(still, message).toBe(false)
      }
    }
    console.info(`${rounds} changes: ${JSON.stringify(tally)}; ${witnessed} connections that got in before`)
    expect(witnessed).toBeGreaterThan(rounds / 4)
    expect(Math.min(tally.safe, tally.lockout)).toBeGreaterThan(rounds / 50)
  })
})
