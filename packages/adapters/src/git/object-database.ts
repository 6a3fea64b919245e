import { type FileSystem, isMissing } from './file-system.js'
import type { GitObject, ObjectType } from './git-object.js'
import { objectId } from './git-object.js'
import { LooseObjects } from './loose-objects.js'
import { PackStore } from './pack-store.js'
import { RepositoryDamageError } from './repository-damage.js'

/**
 * The objects of one repository, loose and packed. What is read is checked against its name; what is written
 * is on the disk when `write` resolves. An object that is there but damaged is written anew.
 */
export class ObjectDatabase {
  readonly loose: LooseObjects
  readonly packs: PackStore

  constructor(fs: FileSystem, gitDirectory: string) {
    this.loose = new LooseObjects(fs, gitDirectory)
    this.packs = new PackStore(fs, gitDirectory)
  }

  /**
   * An object, or undefined when the repository does not have it.
   *
   * @throws RepositoryDamageError when it has only copies that are not what their name says.
   */
  async read(oid: string): Promise<GitObject | undefined> {
    let damage: RepositoryDamageError | undefined
    // Native git moves objects between files and packs, and a pack may go between its listing and its opening: look
    // several times before an object counts as missing.
    for (const refresh of [false, true, true, true]) {
      const loose = await this.loose.read(oid)
      if (typeof loose === 'object') return loose
      if (loose !== undefined) damage = new RepositoryDamageError(oid, loose, 'the object file is damaged')
      try {
        const packed = await this.packs.read(oid, refresh, (base) => this.read(base))
        if (packed !== undefined && objectId(packed.type, packed.body) === oid) return packed
        if (packed !== undefined)
          damage ??= new RepositoryDamageError(oid, 'hash-mismatch', 'the packed object is altered')
      } catch (error) {
        if (!(error instanceof RepositoryDamageError)) throw error
        damage ??= new RepositoryDamageError(
          oid,
          error.kind,
          `the packed object is damaged (${error.message})`,
          {
            cause: error,
          },
        )
      }
    }
    const last = (await this.loose.readAside(oid)) ?? (await this.loose.read(oid))
    if (typeof last === 'object') return last
    if (damage !== undefined) throw damage
    return undefined
  }

  /**
   * As `read`, for work that goes through most of a repository: known packs are asked first, their indexes held in
   * memory (28 bytes an object) until `close` or the next change of packs.
   */
  async readInBulk(oid: string): Promise<GitObject | undefined> {
    try {
      const packed = await this.packs.readFromMemory(oid)
      if (packed !== undefined && objectId(packed.type, packed.body) === oid) return packed
    } catch (error) {
      // Damaged or taken away by another process: the long way tells which.
      if (!(error instanceof RepositoryDamageError) && !isMissing(error)) throw error
    }
    return await this.read(oid)
  }

  /** Length of an object's content without reading it all; undefined when it is missing or unreadable. */
  async sizeOf(oid: string): Promise<number | undefined> {
    const quick = (await this.loose.sizeOf(oid)) ?? (await this.packs.sizeOf(oid))
    return quick ?? (await this.read(oid))?.body.length
  }

  /** True when the repository has the object, without reading or checking it. */
  async has(oid: string): Promise<boolean> {
    if (await this.loose.has(oid)) return true
    if ((await this.packs.packOf(oid, false)) !== undefined) return true
    for (let triesLeft = 3; triesLeft > 0; triesLeft--) {
      if ((await this.packs.packOf(oid, true)) !== undefined || (await this.loose.has(oid))) return true
    }
    return false
  }

  /** Stores an object durably, unless a whole copy is there, which is then marked as in use. */
  async write(
    type: ObjectType,
    body: Uint8Array,
    now: Date = new Date(),
  ): Promise<{ oid: string; isNew: boolean }> {
    const oid = objectId(type, body)
    if (await this.keep(oid, now)) return { oid, isNew: false }
    await this.loose.write(oid, type, body)
    return { oid, isNew: true }
  }

  /**
   * Marks a whole copy as just used; false when there is none. The time is set first: from then on a sweep
   * spares the copy, so what the check sees stays.
   */
  async keep(oid: string, now: Date = new Date()): Promise<boolean> {
    if (await this.loose.freshen(oid, now)) {
      const found = await this.loose.read(oid)
      if (typeof found === 'object') {
        await this.loose.syncName(oid)
        return true
      }
      return false
    }
    const pack = await this.packs.packOf(oid, false)
    if (pack === undefined || !(await this.packs.freshen(pack, now))) return false
    try {
      const packed = await this.packs.read(oid, false, (base) => this.read(base))
      return packed !== undefined && objectId(packed.type, packed.body) === oid
    } catch (error) {
      if (error instanceof RepositoryDamageError) return false
      throw error
    }
  }

  /** Lets go of all open files. */
  async close(): Promise<void> {
    await this.packs.close()
  }
}
