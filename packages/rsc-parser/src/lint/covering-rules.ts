import type { ViewItem } from '../impact/device-view.js'
import { addressBits, type IpRange } from '../impact/ip-range.js'
import { isSteady, type Matcher, type Matchers, matchersCover } from './matcher.js'

interface Entry {
  readonly rule: ViewItem
  readonly matchers: Matchers
  /** Place in the chain. */
  readonly index: number
}

interface Network {
  readonly length: number
  readonly first: bigint
}

/**
 * The rules of a chain so far that no packet they match gets past. Asked for one that covers another rule, it looks
 * only at those that could: each is filed under one of its matchers, so that long chains take no quadratic time.
 */
export class CoveringRules {
  readonly #files = new Map<string, Entry[]>()
  /** Prefix lengths under which rules are filed, by address matcher. */
  readonly #lengths = new Map<string, Set<number>>()
  readonly #changedAt = new Map<string, number>()
  #index = 0

  /** Adds the next rule of the chain. */
  add(rule: ViewItem, matchers: Matchers): void {
    const index = this.#index++
    if (!isSteady(matchers)) return
    const key = this.#fileOf(matchers)
    const file = this.#files.get(key)
    if (file === undefined) this.#files.set(key, [{ rule, matchers, index }])
    else file.push({ rule, matchers, index })
  }

  /** From here on these matchers may say something else about a packet than they did before. */
  change(names: readonly string[]): void {
    for (const name of names) this.#changedAt.set(name, this.#index)
  }

  /** The first rule that takes every packet which a rule with these matchers could match. */
  find(matchers: Matchers): ViewItem | undefined {
    let best: Entry | undefined
    for (const key of this.#filesFor(matchers)) {
      const found = this.#files
        .get(key)
        ?.find((entry) => this.#isUnchanged(entry) && matchersCover(entry.matchers, matchers))
      if (found !== undefined && (best === undefined || found.index < best.index)) best = found
    }
    return best?.rule
  }

  #isUnchanged({ matchers, index }: Entry): boolean {
    for (const [name, changedAt] of this.#changedAt) if (index < changedAt && matchers.has(name)) return false
    return true
  }

  /** Files under the most telling matcher: a network, else a value that must be equal, else anything. */
  #fileOf(matchers: Matchers): string {
    let equal: string | undefined
    let network: (Network & { readonly name: string }) | undefined
    for (const matcher of matchers.values()) {
      const prefix = networkOf(matcher.addresses)
      if (prefix !== undefined && prefix.length > (network?.length ?? 0))
        network = { ...prefix, name: matcher.name }
      if (mustBeEqual(matcher) && (equal === undefined || matcher.name !== 'protocol'))
        equal = equalKey(matcher)
    }
    if (network === undefined) return equal ?? ''
    const lengths = this.#lengths.get(network.name) ?? new Set()
    this.#lengths.set(network.name, lengths.add(network.length))
    return networkKey(network.name, network)
  }

  *#filesFor(matchers: Matchers): Iterable<string> {
    yield ''
    for (const matcher of matchers.values()) {
      if (mustBeEqual(matcher)) yield equalKey(matcher)
      const { addresses } = matcher
      if (addresses === undefined) continue
      for (const length of this.#lengths.get(matcher.name) ?? []) {
        const host = BigInt(addressBits(addresses.family) - length)
        if (host >= 0n) yield networkKey(matcher.name, { length, first: (addresses.first >> host) << host })
      }
    }
  }
}

function mustBeEqual({ addresses, ports, words }: Matcher): boolean {
  return addresses === undefined && ports === undefined && words === undefined
}

function equalKey({ name, value }: Matcher): string {
  return `${name}=${value}`
}

function networkKey(name: string, { length, first }: Network): string {
  return `${name} ${first}/${length}`
}

/** The network that a range is, if it is one. */
function networkOf(range: IpRange | undefined): Network | undefined {
  if (range === undefined) return undefined
  const size = range.last - range.first + 1n
  if ((size & (size - 1n)) !== 0n || range.first % size !== 0n) return undefined
  return { length: addressBits(range.family) - (size.toString(2).length - 1), first: range.first }
}
