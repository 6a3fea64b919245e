import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { throwIfAborted } from '@tod/core'
import { clearLitter, indexAsideSuffix } from './clear-litter.js'
import { removeFile } from './durable-file.js'
import { isMissing, listFolder } from './file-system.js'
import { markReachable, type Reachable } from './mark-reachable.js'
import { OidSet } from './oid-set.js'
import { choosePacks, endOf, type RepackLimits, type SurveyedPack, surveyPacks } from './pack-survey.js'
import { PackWriter } from './pack-writer.js'
import { RepositoryDamageError } from './repository-damage.js'
import { removeUnlessUsed } from './set-aside.js'
import { keepRefPrefix, keptSha } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'

/** What a compaction may remove, and how large packs get. */
export interface CompactOptions extends Partial<RepackLimits> {
  /** Objects used within this time are left alone; longer than the longest backup takes. */
  readonly spareMs: number
  readonly signal?: AbortSignal | undefined
  /** Fails when the maintenance lock was lost. */
  assertHeld(): Promise<void>
}

/** What a compaction did. */
export interface Compacted {
  readonly removedObjects: number
  readonly packedObjects: number
  readonly freedBytes: number
}

const largestPackBytes = 512 * 1024 * 1024
const smallPackBytes = 64 * 1024 * 1024
const deadShare = 0.1

/**
 * Packs what is in use and removes what is not. New packs are whole and on the disk before anything goes, so that
 * it may be killed at any moment; writers and native git may work beside it. Call it under the maintenance lock.
 *
 * @throws RepositoryDamageError when a commit or tree that is in use cannot be read: nothing is removed then
 */
export async function compactRepository(
  repository: TenantRepository,
  options: CompactOptions,
): Promise<Compacted> {
  const olderThan = Date.now() - options.spareMs
  await clearLitter(repository, options.spareMs)
  const loose = await surveyLoose(repository, olderThan)
  const reachable = await markInUse(repository, loose.young, options)
  const packs = await surveyPacks(repository, reachable.all)
  const limits = {
    deadShare,
    smallBytes: smallPackBytes,
    largestBytes: largestPackBytes,
    ...options,
  }
  const chosen = choosePacks(packs, loose.bytes, olderThan, limits)
  const run = new Compaction(repository, reachable, options, limits.largestBytes)
  try {
    for (const oid of reachable.skeleton) if (loose.oids.has(oid)) await run.packLoose(oid)
    for (const pack of chosen) await run.copyPack(pack)
    for (const oid of reachable.blobs) if (loose.oids.has(oid)) await run.packLoose(oid)
    await run.finishPack()
  } catch (error) {
    await run.discard()
    throw error
  }
  await options.assertHeld()
  await forgetDerivedFiles(repository)
  await run.removePacked()
  await run.removePacks(chosen, olderThan)
  await run.sweep(loose.oids, olderThan)
  return run.result()
}

/** Everything that refs or recent objects lead to. Recent ones may be a revision that is just being written. */
async function markInUse(
  repository: TenantRepository,
  young: readonly string[],
  options: CompactOptions,
): Promise<Reachable> {
  const roots: string[] = []
  for (const [name, oid] of await repository.refs.list('refs/')) {
    if (name.startsWith(keepRefPrefix)) roots.push(keptSha(name))
    else if (oid !== 'damaged') roots.push(oid)
    else throw new RepositoryDamageError(name, 'bad-ref', 'the ref is empty or altered')
  }
  return await markReachable(repository, {
    roots: [...roots, ...young],
    signal: options.signal,
    onDamage: (error, root) => {
      // What a recent object leads to may be gone already; what a ref leads to may not.
      if (root < roots.length) throw error
    },
  })
}

async function surveyLoose(repository: TenantRepository, olderThan: number) {
  const oids = new OidSet()
  const young: string[] = []
  let bytes = 0
  for await (const oid of repository.objects.loose.ids()) {
    try {
      const { mtimeMs, size } = await repository.fs.stat(repository.objects.loose.pathOf(oid))
      oids.add(oid)
      bytes += size
      if (mtimeMs > olderThan) young.push(oid)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  return { oids, young, bytes }
}

/** Native git's summaries of packs and commits: it makes them again, and must not find removed objects in them. */
async function forgetDerivedFiles(repository: TenantRepository): Promise<void> {
  const objects = join(repository.gitDirectory, 'objects')
  await removeFile(repository.fs, join(objects, 'info', 'commit-graph'))
  await removeFile(repository.fs, join(objects, 'pack', 'multi-pack-index'))
  const graphs = join(objects, 'info', 'commit-graphs')
  for (const name of await listFolder(repository.fs, graphs))
    await removeFile(repository.fs, join(graphs, name))
}

/** The steps of one compaction, and what they have done so far. */
class Compaction {
  #writer: PackWriter | undefined
  readonly #packedLoose: string[] = []
  readonly #written = new OidSet()
  readonly #newPacks = new Set<string>()
  #removedObjects = 0
  #bytesBefore = 0
  #bytesAfter = 0

  constructor(
    private readonly repository: TenantRepository,
    private readonly reachable: Reachable,
    private readonly options: CompactOptions,
    private readonly largestBytes: number,
  ) {}

  /** Adds a loose object to the pack. One that is damaged stays as it is, for `verify` to report. */
  async packLoose(oid: string): Promise<void> {
    throwIfAborted(this.options.signal)
    const object = await this.repository.objects.loose.read(oid)
    if (typeof object !== 'object') return
    if (this.#written.add(oid)) await (await this.#openPack()).add(oid, object)
    this.#packedLoose.push(oid)
  }

  /** Copies what is in use from a pack. */
  async copyPack({ pack, entries, order, bytes }: SurveyedPack): Promise<void> {
    for (let at = 0; at < order.length; at++) {
      const position = order[at] ?? 0
      if (!this.reachable.all.hasAt(entries.ids, position * 20)) continue
      throwIfAborted(this.options.signal)
      const oid = entries.ids.toString('hex', position * 20, position * 20 + 20)
      if (!this.#written.add(oid)) continue
      const offset = entries.offsets[position] ?? 0
      const raw = await pack.file.rawAt(offset, endOf(entries, order, at, bytes))
      if (raw === undefined) {
        const object = await this.repository.objects.read(oid)
        if (object === undefined) throw new RepositoryDamageError(oid, 'missing', 'the object is missing')
        await (await this.#openPack()).add(oid, object)
      } else if (crc32(raw.bytes) === entries.checks.readUInt32BE(position * 4)) {
        await (await this.#openPack()).addRaw(oid, raw.bytes)
      } else {
        throw new RepositoryDamageError(oid, 'hash-mismatch', 'the packed object is altered')
      }
    }
  }

  /** Makes the pack that is being written part of the repository. */
  async finishPack(): Promise<void> {
    const writer = this.#writer
    this.#writer = undefined
    if (writer === undefined) return
    const name = await writer.finish()
    this.#newPacks.add(name)
    this.#bytesAfter += await this.#sizeOf(name)
  }

  /** Throws the unfinished pack away. */
  async discard(): Promise<void> {
    await this.#writer?.discard()
  }

  /** Removes the files of objects that are in a pack now. */
  async removePacked(): Promise<void> {
    const { loose } = this.repository.objects
    for (const oid of this.#packedLoose) {
      const path = loose.pathOf(oid)
      try {
        this.#bytesBefore += (await this.repository.fs.stat(path)).size
      } catch (error) {
        if (!isMissing(error)) throw error
      }
      await removeFile(this.repository.fs, path)
    }
  }

  /** Removes packs whose content was copied, unless a writer has begun to use one: the next run does it then. */
  async removePacks(chosen: readonly SurveyedPack[], olderThan: number): Promise<void> {
    const { packs } = this.repository.objects
    for (const { pack, deadCount, bytes } of chosen) {
      // Packs are named after their content: an earlier run that was killed may have written the very same one.
      if (this.#newPacks.has(pack.name)) continue
      const index = packs.pathOf(pack.name, 'idx')
      const file = packs.pathOf(pack.name, 'pack')
      const limit = deadCount === 0 ? Number.POSITIVE_INFINITY : olderThan
      const removed = await removeUnlessUsed(
        this.repository.fs,
        index,
        `${index}${indexAsideSuffix}`,
        limit,
        file,
      )
      if (removed === undefined) continue
      await pack.index.close()
      await pack.file.close()
      await removeFile(this.repository.fs, file)
      for (const extension of ['rev', 'bitmap', 'mtimes']) {
        await removeFile(this.repository.fs, file.replace(/pack$/, extension))
      }
      this.#removedObjects += deadCount
      this.#bytesBefore += bytes + removed
    }
  }

  /** Removes loose objects that nothing refers to and nobody has used lately. */
  async sweep(loose: OidSet, olderThan: number): Promise<void> {
    const objects = this.repository.objects.loose
    for (const oid of loose) {
      if (this.reachable.all.has(oid)) continue
      throwIfAborted(this.options.signal)
      const aside = objects.asidePathOf(oid)
      const removed = await removeUnlessUsed(this.repository.fs, objects.pathOf(oid), aside, olderThan)
      if (removed === undefined) continue
      this.#removedObjects++
      this.#bytesBefore += removed
    }
  }

  /** What was done. */
  result(): Compacted {
    return {
      removedObjects: this.#removedObjects,
      packedObjects: this.#written.size,
      freedBytes: this.#bytesBefore - this.#bytesAfter,
    }
  }

  async #openPack(): Promise<PackWriter> {
    if (this.#writer !== undefined && this.#writer.size >= this.largestBytes) await this.finishPack()
    this.#writer ??= new PackWriter(this.repository.fs, this.repository.objects.packs)
    return this.#writer
  }

  async #sizeOf(name: string): Promise<number> {
    const { packs } = this.repository.objects
    const pack = await this.repository.fs.stat(packs.pathOf(name, 'pack'))
    const index = await this.repository.fs.stat(packs.pathOf(name, 'idx'))
    return pack.size + index.size
  }
}
