import { readKeptTips, readTip, walkFrom } from './revision-chain.js'
import type { TenantRepository } from './tenant-repository.js'

/** What is remembered of one device's revisions. */
interface KnownChain {
  readonly tip: string | undefined
  readonly kept: string
  readonly shallow: ReadonlySet<string>
  /** Newest first. */
  readonly shas: readonly string[]
}

/** Devices whose chains are remembered; the least recently used goes first. */
const remembered = 500

/**
 * Which commits are revisions of which device, in order. A device's chain is walked once and then only as far
 * as it has grown.
 */
export class RevisionIndex {
  readonly #chains = new Map<string, KnownChain>()

  constructor(private readonly repository: TenantRepository) {}

  /** Shas of all revisions of a device, newest first; those kept behind dropped ones at the end, by time. */
  async shasOf(deviceId: string): Promise<readonly string[]> {
    const tip = await readTip(this.repository, deviceId)
    const keptTips = await readKeptTips(this.repository, deviceId)
    const kept = keptTips.join()
    const shallow = await this.repository.shallow.read()
    const known = this.#chains.get(deviceId)
    if (known?.tip === tip && known?.kept === kept && known.shallow === shallow) return known.shas
    const usable = known?.kept === kept && known.shallow === shallow ? known : undefined
    const shas = await this.#walk(deviceId, tip, keptTips, usable)
    this.#chains.delete(deviceId)
    this.#chains.set(deviceId, { tip, kept, shallow, shas })
    const oldest = this.#chains.size > remembered ? this.#chains.keys().next().value : undefined
    if (oldest !== undefined) this.#chains.delete(oldest)
    return shas
  }

  async #walk(
    deviceId: string,
    tip: string | undefined,
    keptTips: readonly string[],
    known: KnownChain | undefined,
  ): Promise<string[]> {
    const shas: string[] = []
    if (tip !== undefined) {
      for await (const { commit } of walkFrom(this.repository, deviceId, tip, 'chain')) {
        if (commit.oid === known?.tip) return [...shas, ...known.shas]
        shas.push(commit.oid)
      }
    }
    const older: { sha: string; createdAt: number }[] = []
    const seen = new Set(shas)
    for (const keptTip of keptTips) {
      for await (const { commit } of walkFrom(this.repository, deviceId, keptTip, 'chain')) {
        if (seen.has(commit.oid)) break
        seen.add(commit.oid)
        older.push({ sha: commit.oid, createdAt: commit.createdAt })
      }
    }
    // Stable sort: revisions of one run with equal times stay in chain order.
    older.sort((a, b) => b.createdAt - a.createdAt)
    return [...shas, ...older.map(({ sha }) => sha)]
  }
}
