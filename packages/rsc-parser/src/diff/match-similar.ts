import type { MenuFacts } from '../facts/menu-facts.js'
import type { Candidate } from './candidate.js'
import { countDifferences, digestOf, digestParts, digestText } from './candidate.js'
import type { RenameEvidence } from './match-items.js'

/** A property value held by more items than this says nothing about which item is meant. */
const tooCommon = 48

/**
 * Pairs what keys left over: first items that differ in one property only, then items of which at least half is
 * equal. Items with a name are paired only when the rest of them is equal (a rename); see `RenameEvidence`.
 */
export function matchSimilar(
  facts: MenuFacts | undefined,
  from: readonly Candidate[],
  to: readonly Candidate[],
  evidence: RenameEvidence,
  pair: (from: Candidate, to: Candidate) => void,
): void {
  const first = from.filter(isOpen)
  const second = to.filter(isOpen)
  if (first.length === 0 || second.length === 0) return
  const isNamed = facts?.keys[0]?.length === 1 && facts.keys[0][0] === 'name'
  const isOnlyChoice = first.length === 1 && second.length === 1
  matchOneApart(first, second, pair, (one, other) => {
    if (!isNamed || one.values.get('name') === other.values.get('name')) return true
    const isSupported = evidence.supports(one, other)
    if (isSupported !== undefined) return isSupported || isOnlyChoice
    return isOnlyChoice || one.values.size > 1
  })
  if (isNamed) return
  matchHalfEqual(facts, first.filter(isOpen), second.filter(isOpen), pair)
  if (facts?.keys.some((key) => key.length > 1 && key.includes('interface'))) {
    matchOnlyOnInterface(first.filter(isOpen), second.filter(isOpen), pair)
  }
}

/** What is left over on one interface or on none, one item on each side, is one item that got another address. */
function matchOnlyOnInterface(from: readonly Candidate[], to: readonly Candidate[], pair: Pair): void {
  const waiting = byInterface(to)
  for (const [name, first] of byInterface(from)) {
    const second = waiting.get(name)
    const [one] = first
    const [other] = second ?? []
    if (one !== undefined && other !== undefined && first.length === 1 && second?.length === 1)
      pair(one, other)
  }
}

function byInterface(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const name = candidate.values.get('interface') ?? ''
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [candidate])
    else group.push(candidate)
  }
  return groups
}

function isOpen(candidate: Candidate): boolean {
  return !candidate.isMatched && candidate.item.origin === 'added'
}

type Pair = (from: Candidate, to: Candidate) => void

function matchOneApart(
  from: readonly Candidate[],
  to: readonly Candidate[],
  pair: Pair,
  allows: (from: Candidate, to: Candidate) => boolean,
): void {
  const waiting = new Map<string, Candidate[]>()
  const put = (text: string, candidate: Candidate) => {
    const group = waiting.get(text)
    if (group === undefined) waiting.set(text, [candidate])
    else group.push(candidate)
  }
  for (const candidate of to) {
    const digest = digestOf(candidate)
    put(digestText(digest), candidate)
    for (const part of digestParts(candidate).values()) put(digestText(digest, part), candidate)
  }
  for (const candidate of from) {
    const digest = digestOf(candidate)
    let best: Candidate | undefined
    const look = (text: string) => {
      const group = waiting.get(text)
      if (group === undefined) return
      let seen = 0
      for (let index = 0; index < group.length && seen < tooCommon; index++) {
        const other = group[index] as Candidate
        if (other.isMatched) {
          group.splice(index--, 1)
          continue
        }
        seen++
        if (best !== undefined && distance(candidate, best) <= distance(candidate, other)) continue
        if (countDifferences(candidate.values, other.values, 2) < 2 && allows(candidate, other)) best = other
      }
    }
    look(digestText(digest))
    for (const part of digestParts(candidate).values()) look(digestText(digest, part))
    if (best !== undefined) pair(candidate, best)
  }
}

function distance(first: Candidate, second: Candidate): number {
  return Math.abs(first.item.index - second.item.index)
}

function matchHalfEqual(
  facts: MenuFacts | undefined,
  from: readonly Candidate[],
  to: readonly Candidate[],
  pair: Pair,
): void {
  if (from.length === 0 || to.length === 0) return
  const holders = new Map<string, Candidate[]>()
  for (const candidate of to) {
    for (const [name, [low, high]] of digestParts(candidate)) {
      const text = `${name} ${low}:${high}`
      const group = holders.get(text)
      if (group === undefined) holders.set(text, [candidate])
      else group.push(candidate)
    }
  }
  const found: { from: Candidate; to: Candidate; score: number }[] = []
  for (const candidate of from) {
    const shared = new Map<Candidate, number>()
    for (const [name, [low, high]] of digestParts(candidate)) {
      const group = holders.get(`${name} ${low}:${high}`)
      if (group === undefined || group.length > tooCommon) continue
      for (const other of group) shared.set(other, (shared.get(other) ?? 0) + 1)
    }
    for (const other of shared.keys()) {
      if (!isSameScope(facts, candidate, other)) continue
      const size = Math.max(candidate.values.size, other.values.size)
      const equal = size - countDifferences(candidate.values, other.values, size + 1)
      if (equal >= 2 && equal * 2 >= size) found.push({ from: candidate, to: other, score: equal / size })
    }
  }
  found.sort(
    (one, other) =>
      other.score - one.score ||
      distance(one.from, one.to) - distance(other.from, other.to) ||
      one.from.item.index - other.from.item.index,
  )
  for (const each of found) {
    if (!each.from.isMatched && !each.to.isMatched) pair(each.from, each.to)
  }
}

function isSameScope(facts: MenuFacts | undefined, from: Candidate, to: Candidate): boolean {
  return (facts?.orderScope ?? []).every((name) => from.values.get(name) === to.values.get(name))
}
