import type { Candidate } from './candidate.js'
import { countDifferences } from './candidate.js'

type TextOf = (candidate: Candidate) => string | undefined
type Pair = (from: Candidate, to: Candidate) => void

/**
 * Pairs items of equal text that stand in the same surroundings: equal runs at both ends, then texts that occur once
 * on each side, then equal neighbours of what is paired. Linear. `isDigest`: values are compared as well.
 */
export function matchInPlace(
  from: readonly Candidate[],
  to: readonly Candidate[],
  textOf: TextOf,
  pair: Pair,
  isDigest: boolean,
): void {
  const first = from.filter((each) => !each.isMatched)
  const second = to.filter((each) => !each.isMatched)
  const firstTexts = first.map(textOf)
  const secondTexts = second.map(textOf)
  const partner = new Int32Array(first.length).fill(-1)
  const tryPair = (one: number, other: number): boolean => {
    const from = first[one]
    const to = second[other]
    if (from === undefined || to === undefined || from.isMatched || to.isMatched) return false
    if (firstTexts[one] === undefined || firstTexts[one] !== secondTexts[other]) return false
    if (isDigest && countDifferences(from.values, to.values, 1) > 0) return false
    partner[one] = other
    pair(from, to)
    return true
  }
  let head = 0
  while (tryPair(head, head)) head++
  let tail = 1
  while (tryPair(first.length - tail, second.length - tail)) tail++
  const once = placesOf(secondTexts)
  for (const [text, at] of placesOf(firstTexts)) {
    const other = once.get(text)
    if (at >= 0 && other !== undefined && other >= 0) tryPair(at, other)
  }
  for (let at = 0; at + 1 < first.length; at++) {
    const other = partner[at] as number
    if (other >= 0) tryPair(at + 1, other + 1)
  }
  for (let at = first.length - 1; at > 0; at--) {
    const other = partner[at] as number
    if (other > 0) tryPair(at - 1, other - 1)
  }
}

/** Where each text stands; -1 for one that occurs more than once. */
function placesOf(texts: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  texts.forEach((text, at) => {
    if (text !== undefined) places.set(text, places.has(text) ? -1 : at)
  })
  return places
}
