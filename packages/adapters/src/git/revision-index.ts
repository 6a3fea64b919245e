import { RepositoryDamageError } from './repository-damage.js'
import { readKeptTips, readTip, walkFrom } from './revision-chain.js'
import type { TenantRepository } from './tenant-repository.js'

/** A device's revisions as far as they can be found. */
export interface FoundRevisions {
  /** Newest first; those that retention kept behind dropped ones at the end, by time. */
  readonly shas: readonly string[]
  /** What hides further ones. */
  readonly damage?: RepositoryDamageError
}

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

  /**
   * Shas of all revisions of a device, newest first; those kept behind dropped ones at the end, by time.
   *
   * @throws RepositoryDamageError when some cannot be found
   */
  async shasOf(deviceId: string): Promise<readonly string[]> {
    const { shas, damage } = await this.find(deviceId)
    if (damage !== undefined) throw damage
    return shas
  }

  /** As `shasOf`, but what can be found although others cannot. */
  async find(deviceId: string): Promise<FoundRevisions> {
    const tip = await readTip(this.repository, deviceId)
    const keptTips = await readKeptTips(this.repository, deviceId)
    const kept = keptTips.join()
    const shallow = await this.repository.shallow.read()
    const known = this.#chains.get(deviceId)
    if (known?.tip === tip && known?.kept === kept && known.shallow === shallow) return known
    const usable = known?.kept === kept && known.shallow === shallow ? known : undefined
    const found = await this.#walk(deviceId, tip, keptTips, usable)
    this.#chains.delete(deviceId)
    // Damage may be healed at any time: it is looked for anew.
    if (found.damage === undefined) this.#chains.set(deviceId, { tip, kept, shallow, shas: found.shas })
    const oldest = this.#chains.size > remembered ? this.#chains.keys().next().value : undefined
    if (oldest !== undefined) this.#chains.delete(oldest)
    return found
  }

  async #walk(
    deviceId: string,
    tip: string | undefined,
    keptTips: readonly string[],
    known: KnownChain | undefined,
  ): Promise<FoundRevisions> {
    const shas: string[] = []
    const older: { sha: string; createdAt: number }[] = []
    const seen = new Set<string>()
    const damages: RepositoryDamageError[] = []
    for (const from of tip === undefined ? keptTips : [tip, ...keptTips]) {
      try {
        for await (const { commit } of walkFrom(this.repository, deviceId, from, 'chain')) {
          if (from === tip && commit.oid === known?.tip) return { shas: [...shas, ...known.shas] }
          if (seen.has(commit.oid)) break
          seen.add(commit.oid)
          if (from === tip) shas.push(commit.oid)
          else older.push({ sha: commit.oid, createdAt: commit.createdAt })
        }
      } catch (error) {
        if (!(error instanceof RepositoryDamageError)) throw error
        damages.push(error)
      }
    }
    // Stable sort: revisions of one run with equal times stay in chain order.
    older.sort((a, b) => b.createdAt - a.createdAt)
    const [damage] = damages
    return { shas: [...shas, ...older.map(({ sha }) => sha)], ...(damage === undefined ? {} : { damage }) }
  }
}
