import { join } from 'node:path'
import type { FileSystem } from './file-system.js'
import { isMissing, listFolder } from './file-system.js'
import type { GitObject, ObjectType } from './git-object.js'
import type { FindBase } from './pack-file.js'
import { PackFile } from './pack-file.js'
import { findOffset, PackIndex } from './pack-index.js'

/** A pack with its index, both read by position. */
export interface Pack {
  readonly name: string
  readonly index: PackIndex
  readonly file: PackFile
}

/** The packs of one repository, as they come and go: native git may repack beside us at any time. */
export class PackStore {
  readonly #folder: string
  #packs: Map<string, Pack> | undefined

  constructor(
    private readonly fs: FileSystem,
    gitDirectory: string,
  ) {
    this.#folder = join(gitDirectory, 'objects', 'pack')
  }

  /** Names of the packs that have an index, without extension, sorted. */
  async names(): Promise<string[]> {
    return [...(await this.#load(true)).keys()]
  }

  /** The pack that holds an object, or undefined. Looks only at known packs unless `refresh`. */
  async packOf(oid: string, refresh: boolean): Promise<string | undefined> {
    for (const pack of (await this.#load(refresh)).values()) {
      if ((await this.#offsetIn(pack, oid)) !== undefined) return pack.name
    }
    return undefined
  }

  /** Reads a packed object; undefined when no pack has it. Its hash is the caller's to check. */
  async read(oid: string, refresh: boolean, findBase: FindBase): Promise<GitObject | undefined> {
    for (const pack of (await this.#load(refresh)).values()) {
      const offset = await this.#offsetIn(pack, oid)
      if (offset === undefined) continue
      try {
        return await pack.file.readAt(offset, (base) => pack.index.offsetOf(base), findBase)
      } catch (error) {
        if (!isMissing(error)) throw error
        this.#packs?.delete(pack.name)
      }
    }
    return undefined
  }

  /** As `read`, from known packs, with their whole indexes in memory. */
  async readFromMemory(oid: string): Promise<GitObject | undefined> {
    for (const { index, file } of (this.#packs ?? (await this.#load(true))).values()) {
      const entries = await index.entries()
      const offset = findOffset(entries, oid)
      if (offset === undefined) continue
      return await file.readAt(
        offset,
        async (base) => findOffset(entries, base),
        (base) => this.readFromMemory(base),
      )
    }
    return undefined
  }

  /** Length of a packed object's content; undefined when no known pack has it. */
  async sizeOf(oid: string): Promise<number | undefined> {
    for (const pack of (await this.#load(false)).values()) {
      const offset = await this.#offsetIn(pack, oid)
      if (offset === undefined) continue
      try {
        return await pack.file.sizeAt(offset)
      } catch (error) {
        if (!isMissing(error)) throw error
        this.#packs?.delete(pack.name)
      }
    }
    return undefined
  }

  /** Type of a packed object, whatever it is a delta of; undefined when no known pack has it whole. */
  async typeOf(oid: string): Promise<ObjectType | undefined> {
    for (const pack of (await this.#load(false)).values()) {
      const offset = await this.#offsetIn(pack, oid)
      if (offset === undefined) continue
      return await pack.file.typeAt(offset, (base) => pack.index.offsetOf(base)).catch(() => undefined)
    }
    return undefined
  }

  /** One pack by name; undefined when it is gone. */
  async open(name: string): Promise<Pack | undefined> {
    return (await this.#load(false)).get(name)
  }

  /** Where a file of a pack is. */
  pathOf(name: string, extension: 'pack' | 'idx'): string {
    return join(this.#folder, `${name}.${extension}`)
  }

  /** Ids that begin with at least two given digits, in any pack. */
  async idsLike(prefix: string): Promise<string[]> {
    const found: string[] = []
    for (const pack of (await this.#load(true)).values()) {
      try {
        found.push(...(await pack.index.idsLike(prefix)))
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    }
    return found
  }

  /**
   * Gives a pack the present time; false when it is gone, or a compaction is taking it away: that moves the index
   * aside before it looks at the time, so one of the two sees the other.
   */
  async freshen(name: string, now: Date): Promise<boolean> {
    try {
      await this.fs.utimes(this.pathOf(name, 'pack'), now, now)
      await this.fs.stat(this.pathOf(name, 'idx'))
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  /** Lets go of indexes that are held in memory. */
  forgetEntries(): void {
    for (const { index } of this.#packs?.values() ?? []) index.forgetEntries()
  }

  /** Lets go of all files. */
  async close(): Promise<void> {
    for (const pack of this.#packs?.values() ?? []) {
      await pack.index.close()
      await pack.file.close()
    }
    this.#packs = undefined
  }

  async #offsetIn(pack: Pack, oid: string): Promise<number | undefined> {
    try {
      return await pack.index.offsetOf(oid)
    } catch (error) {
      if (!isMissing(error)) throw error
      this.#packs?.delete(pack.name)
      return undefined
    }
  }

  async #load(refresh: boolean): Promise<Map<string, Pack>> {
    if (this.#packs !== undefined && !refresh) return new Map(this.#packs)
    const files = new Set(await listFolder(this.fs, this.#folder))
    const packs = new Map<string, Pack>()
    for (const file of files) {
      const name = file.endsWith('.idx') ? file.slice(0, -'.idx'.length) : undefined
      if (name === undefined || !files.has(`${name}.pack`)) continue
      packs.set(name, this.#packs?.get(name) ?? this.#open(name))
    }
    this.#packs = packs
    return new Map(packs)
  }

  #open(name: string): Pack {
    return {
      name,
      index: new PackIndex(this.fs, this.pathOf(name, 'idx')),
      file: new PackFile(this.fs, this.pathOf(name, 'pack')),
    }
  }
}
