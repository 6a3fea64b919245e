import { buildDocument, evaluateManagementPath, type ManagementPath, parse } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { Dice, type Office, officeText, randomOffice } from './random-office.js'
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

/** Answers a question always in the same way within one attempt. */
function oracleOf(salt: number): (question: string) => boolean {
  return (question) => {
    let hash = salt
    for (let at = 0; at < question.length; at++) hash = Math.imul(hash ^ question.charCodeAt(at), 2654435761)
    return ((hash >>> 13) & 1) === 1
  }
}

/** A path to one of the addresses and the wires by which a manager who sits where the path says can come in. */
function randomPath(dice: Dice, office: Office): { path: ManagementPath; wires: Attempt['wire'][] } {
  const address = office.addresses.length > 0 ? dice.pick(office.addresses) : undefined
  const destination = dice.chance(4) || address === undefined ? '192.0.2.77' : address.address
  const net = dice.chance(55) ? destination : `${dice.pick(['192.0.2', '203.0.113', '10.0.1', '172.16.5'])}.1`
  const source = net.replace(/\d+$/, String(2 + dice.below(12)))
  const port = dice.chance(85) ? office.ssh.port : dice.pick([22, 2222])
  const router = new ReferenceRouter(office, () => false)
  const all: Attempt['wire'][] = office.ports.flatMap((each) => [
    { port: each.name },
    ...[1, 10, 20, 99].map((tag) => ({ port: each.name, tag })),
  ])
  const stated = dice.chance(50) ? dice.pick(office.ports).name : undefined
  const possible = all.filter((wire) => stated === undefined || wire.port === stated)
  const expected = placesOf(office, router, source, destination)
  const sensible = possible.filter((wire) => expected.has(router.arrival(wire) ?? ''))
  const arriving = possible.filter((wire) => router.arrival(wire) !== undefined)
  const wires =
    sensible.length > 0
      ? sensible
      : stated !== undefined && arriving.length > 0
        ? arriving
        : stated !== undefined
          ? [{ port: stated }]
          : []
  const path: ManagementPath = {
    source,
    destination,
    port,
    ...(stated === undefined ? {} : { inInterface: stated }),
  }
  return { path, wires }
}

/** Interfaces by which somebody at the source address would come: the connected network, else gateways and destination. */
function placesOf(
  office: Office,
  router: ReferenceRouter,
  source: string,
  destination: string,
): ReadonlySet<string> {
  const usable = office.addresses.filter((each) => router.usable(each))
  const onNetwork = usable.filter(
    (each) =>
      each.address.replace(/\d+$/, '') === source.replace(/\d+$/, '') &&
      Number(source.split('.')[3]) < 2 ** (32 - each.length),
  )
  if (onNetwork.length > 0) return new Set(onNetwork.map((each) => each.on))
  const carriers = usable.filter((each) => each.address === destination).map((each) => each.on)
  const back = router.leadsBack(source)
  return new Set([...back, ...carriers.filter((name) => back.length === 0 || router.leadsOut(name))])
}
