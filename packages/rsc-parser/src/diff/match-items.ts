import { type MenuFacts, naturalKeys } from '../facts/menu-facts.js'
import type { Candidate } from './candidate.js'
import { countDifferences, digestOf, digestText } from './candidate.js'
import type { MatchedPair } from './change.js'
import { matchInPlace } from './match-in-place.js'
import { matchSimilar } from './match-similar.js'
import { hasOrder } from './ordered-scopes.js'
import type { StateItem } from './state-item.js'

/** Whether a name of the older side is used as another name is on the newer side; see `RenameEvidence.supports`. */
export interface RenameEvidence {
  /** `undefined` when neither name is used anywhere, so that use says nothing. */
  supports(from: Candidate, to: Candidate): boolean | undefined
}

/** Partners within one menu, and what is left on either side. */
export interface MenuMatch {
  readonly pairs: readonly Required<MatchedPair>[]
  readonly onlyFrom: readonly Candidate[]
  readonly onlyTo: readonly Candidate[]
}

/**
 * Finds which item of the newer side is which of the older one: by built-in handle, by natural key, by equal
 * content, and last by likeness. An item has one partner at most.
 */
export function matchItems(
  facts: MenuFacts | undefined,
  from: readonly Candidate[],
  to: readonly Candidate[],
  evidence: RenameEvidence,
  hasRenames: boolean,
): MenuMatch {
  const pairs: Required<MatchedPair>[] = []
  const pair = (first: Candidate, second: Candidate) => {
    first.isMatched = true
    second.isMatched = true
    pairs.push({ from: first.item, to: second.item })
  }
  matchBy(from, to, (each) => (each.item.handle === '' ? undefined : each.item.handle), pair)
  matchBuiltinByName(from, to, pair)
  // The source text first: most items of two exports of one device are written alike, and nothing is quicker.
  if (!hasRenames) matchEqual(facts, from, to, (each) => sourceText(each.item), pair, false)
  const keys = naturalKeys(facts)
  for (const key of keys) matchByKey(key, from, to, pair)
  if (facts === undefined || keys.length !== 1 || keys[0]?.length !== 1) {
    const digest = (each: Candidate) =>
      each.item.origin === 'added' ? digestText(digestOf(each)) : undefined
    matchEqual(facts, from, to, digest, pair, true)
  }
  matchSimilar(facts, from, to, evidence, pair)
  return {
    pairs,
    onlyFrom: from.filter((each) => !each.isMatched),
    onlyTo: to.filter((each) => !each.isMatched),
  }
}

/**
 * Pairs items of equal text. In an ordered menu equal rules are told apart by their neighbours, so that editing one
 * of two equal rules does not look as if the other had moved.
 */
function matchEqual(
  facts: MenuFacts | undefined,
  from: readonly Candidate[],
  to: readonly Candidate[],
  textOf: (candidate: Candidate) => string | undefined,
  pair: Pair,
  isDigest: boolean,
): void {
  if (hasOrder(facts)) matchInPlace(from, to, textOf, pair, isDigest)
  matchBy(from, to, textOf, pair, isDigest)
}

/** The statement as written; nothing for items of several statements. Equal texts mean equal items. */
function sourceText(state: StateItem): string | undefined {
  return state.origin === 'added' ? state.sourceText : undefined
}

type Pair = (from: Candidate, to: Candidate) => void

/** Pairs candidates of equal text in their order. `isDigest`: the text is a digest, values are compared as well. */
function matchBy(
  from: readonly Candidate[],
  to: readonly Candidate[],
  textOf: (candidate: Candidate) => string | undefined,
  pair: Pair,
  isDigest = false,
): void {
  const waiting = groupBy(to, textOf)
  if (waiting.size === 0) return
  for (const first of from) {
    if (first.isMatched) continue
    const text = textOf(first)
    const group = text === undefined ? undefined : waiting.get(text)
    const second = group?.items[group.next]
    if (group === undefined || second === undefined) continue
    if (isDigest && countDifferences(first.values, second.values, 1) > 0) continue
    group.next++
    pair(first, second)
  }
}

interface Group {
  readonly items: Candidate[]
  next: number
}

function groupBy(
  candidates: readonly Candidate[],
  textOf: (candidate: Candidate) => string | undefined,
): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const candidate of candidates) {
    if (candidate.isMatched) continue
    const text = textOf(candidate)
    if (text === undefined) continue
    const group = groups.get(text)
    if (group === undefined) groups.set(text, { items: [candidate], next: 0 })
    else group.items.push(candidate)
  }
  return groups
}

/** Old versions write a built-in entry with `add`: then its name makes it the same. */
function matchBuiltinByName(from: readonly Candidate[], to: readonly Candidate[], pair: Pair): void {
  const nameOf = (origin: 'builtin' | 'added') => (each: Candidate) =>
    each.item.origin === origin ? each.item.name : undefined
  const builtinTo = to.some((each) => !each.isMatched && each.item.origin === 'builtin')
  const builtinFrom = from.some((each) => !each.isMatched && each.item.origin === 'builtin')
  if (!builtinTo && !builtinFrom) return
  for (const [fromOrigin, toOrigin] of [
    ['builtin', 'builtin'],
    ['builtin', 'added'],
    ['added', 'builtin'],
  ] as const) {
    const waiting = groupBy(to, nameOf(toOrigin))
    for (const first of from) {
      if (first.isMatched || isByDefaultName(first)) continue
      const name = nameOf(fromOrigin)(first)
      const group = name === undefined ? undefined : waiting.get(name)
      const second = group?.items[group.next]
      if (group === undefined || second === undefined || isByDefaultName(second)) continue
      group.next++
      pair(first, second)
    }
  }
}

function isByDefaultName(candidate: Candidate): boolean {
  return candidate.item.handle.startsWith('default-name=')
}

/**
 * Pairs added items by one natural key. Where a key occurs several times only equal content makes a pair (names
 * excepted): the rest is left to weaker keys and to likeness.
 */
function matchByKey(
  key: readonly string[],
  from: readonly Candidate[],
  to: readonly Candidate[],
  pair: Pair,
): void {
  const textOf = (each: Candidate) => keyText(key, each)
  const waiting = groupBy(to, textOf)
  if (waiting.size === 0) return
  for (const [text, { items: first }] of groupBy(from, textOf)) {
    const second = waiting.get(text)?.items
    if (second === undefined) continue
    const [onlyFirst] = first
    const [onlySecond] = second
    if (onlyFirst !== undefined && onlySecond !== undefined && first.length === 1 && second.length === 1) {
      pair(onlyFirst, onlySecond)
      continue
    }
    matchBy(first, second, (each) => digestText(digestOf(each)), pair, true)
    if (key.length === 1 && key[0] === 'name') matchBy(first, second, () => '', pair)
  }
}

/** Comparable text of a natural key; nothing unless the item was added and has all of the key. */
function keyText(key: readonly string[], candidate: Pick<Candidate, 'item' | 'values'>): string | undefined {
  if (candidate.item.origin !== 'added') return undefined
  let text = ''
  for (const name of key) {
    const value = candidate.values.get(name)
    if (value === undefined || value === '') return undefined
    text = text === '' ? value : `${text}\n${value}`
  }
  return text
}
