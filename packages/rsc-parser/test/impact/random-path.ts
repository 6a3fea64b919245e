import type { ManagementPath } from '@tod/rsc-parser'
import type { Dice, Office } from './random-office.js'
import { type Attempt, ReferenceRouter } from './reference-router.js'

/** Answers a question always in the same way within one attempt. */
export function oracleOf(salt: number): (question: string) => boolean {
  return (question) => {
    let hash = salt
    for (let at = 0; at < question.length; at++) hash = Math.imul(hash ^ question.charCodeAt(at), 2654435761)
    return ((hash >>> 13) & 1) === 1
  }
}

/** A path to one of the addresses and the wires by which a manager who sits where the path says can come in. */
export function randomPath(dice: Dice, office: Office): { path: ManagementPath; wires: Attempt['wire'][] } {
  const usable = office.addresses.filter((each) => new ReferenceRouter(office, () => false).usable(each))
  const candidates = usable.length > 0 && dice.chance(90) ? usable : office.addresses
  const address = candidates.length > 0 ? dice.pick(candidates) : undefined
  const destination = dice.chance(4) || address === undefined ? '192.0.2.77' : address.address
  const net = dice.chance(65) ? destination : `${dice.pick(['192.0.2', '203.0.113', '10.0.1', '172.16.5'])}.1`
  const source = net.replace(/\d+$/, String(2 + dice.below(12)))
  const port = dice.chance(94) ? office.ssh.port : dice.pick([22, 2222])
  const router = new ReferenceRouter(office, () => false)
  const all: Attempt['wire'][] = office.ports.flatMap((each) => [
    { port: each.name },
    ...[1, 10, 20, 99].map((tag) => ({ port: each.name, tag })),
  ])
  const stated = dice.chance(25) ? dice.pick(office.ports).name : undefined
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
