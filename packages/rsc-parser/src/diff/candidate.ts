import type { StateItem } from './state-item.js'

/** An item of one side while partners are looked for. */
export class Candidate {
  readonly item: StateItem
  isMatched = false
  digest: Digest | undefined
  readonly #valuesOf: (item: StateItem) => ReadonlyMap<string, string>

  /** `valuesOf` gives comparable values, after the renames found so far. */
  constructor(item: StateItem, valuesOf: (item: StateItem) => ReadonlyMap<string, string>) {
    this.item = item
    this.#valuesOf = valuesOf
  }

  get values(): ReadonlyMap<string, string> {
    return this.#valuesOf(this.item)
  }
}

/** Two 32-bit sums over the properties: equal for equal properties in any order, and easy to take one out of. */
export interface Digest {
  readonly low: number
  readonly high: number
}

/** What each property adds to the sums of a digest, by name. */
export function digestParts(candidate: Candidate): ReadonlyMap<string, readonly [number, number]> {
  const parts = new Map<string, readonly [number, number]>()
  for (const [name, value] of candidate.values) parts.set(name, hashProperty(name, value))
  return parts
}

/** The digest of a candidate, made once. */
export function digestOf(candidate: Candidate): Digest {
  if (candidate.digest !== undefined) return candidate.digest
  let low = 0
  let high = 0
  for (const [name, value] of candidate.values) {
    const part = hashProperty(name, value)
    low = (low + part[0]) >>> 0
    high = (high + part[1]) >>> 0
  }
  const digest = { low, high }
  candidate.digest = digest
  return digest
}

/** Text of a digest, optionally with one property taken out. Equal texts must still be compared by value. */
export function digestText(digest: Digest, without?: readonly [number, number]): string {
  if (without === undefined) return `${digest.low}:${digest.high}`
  return `${(digest.low - without[0]) >>> 0}:${(digest.high - without[1]) >>> 0}`
}

function hashProperty(name: string, value: string): readonly [number, number] {
  let first = 0x811c9dc5
  let second = 0x9747b28c
  const take = (code: number) => {
    first = Math.imul(first ^ code, 0x01000193)
    second = Math.imul(second ^ code, 0x85ebca6b)
    second = (second << 13) | (second >>> 19)
  }
  for (let index = 0; index < name.length; index++) take(name.charCodeAt(index))
  take(0x1f)
  for (let index = 0; index < value.length; index++) take(value.charCodeAt(index))
  return [mix(first), mix(second)]
}

function mix(hash: number): number {
  let value = hash ^ (hash >>> 16)
  value = Math.imul(value, 0x85ebca6b)
  value ^= value >>> 13
  value = Math.imul(value, 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** How many properties differ, counting no further than `limit`. */
export function countDifferences(
  first: ReadonlyMap<string, string>,
  second: ReadonlyMap<string, string>,
  limit: number,
): number {
  let count = 0
  for (const [name, value] of first) {
    if (second.get(name) !== value && ++count >= limit) return count
  }
  for (const name of second.keys()) {
    if (!first.has(name) && ++count >= limit) return count
  }
  return count
}
