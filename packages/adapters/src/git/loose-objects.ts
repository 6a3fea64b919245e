import { join } from 'node:path'
import { makeFolderDurably, syncFolder, writeFileDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { isMissing, listFolder, readFileIfThere } from './file-system.js'
import type { GitObject, ObjectDamage, ObjectType } from './git-object.js'
import { deflateObject, inflateObject, objectIdPattern, statedLength } from './git-object.js'

/** Name under which a sweep puts an object aside before it removes it; git takes it for litter. */
export const asideSuffix = 'tmp_obj_swept_'

/** The objects of a repository that have a file each. */
export class LooseObjects {
  readonly #folder: string

  constructor(
    private readonly fs: FileSystem,
    gitDirectory: string,
  ) {
    this.#folder = join(gitDirectory, 'objects')
  }

  /** Where an object's file is. */
  pathOf(oid: string): string {
    return join(this.#folder, oid.slice(0, 2), oid.slice(2))
  }

  /** Where a sweep puts an object aside. */
  asidePathOf(oid: string): string {
    return join(this.#folder, oid.slice(0, 2), `${asideSuffix}${oid.slice(2)}`)
  }

  /** An object that has a whole file; what is wrong with its file, or undefined without one. */
  async read(oid: string): Promise<GitObject | ObjectDamage | undefined> {
    const file = await readFileIfThere(this.fs, this.pathOf(oid))
    return file === undefined ? undefined : await inflateObject(oid, file)
  }

  /** As `read`, for an object that a sweep has put aside for a moment, or that a killed one left there. */
  async readAside(oid: string): Promise<GitObject | ObjectDamage | undefined> {
    const file = await readFileIfThere(this.fs, this.asidePathOf(oid))
    return file === undefined ? undefined : await inflateObject(oid, file)
  }

  /** Length of an object's content, from the first bytes of its file; undefined without a readable file. */
  async sizeOf(oid: string): Promise<number | undefined> {
    const start = await readStart(this.fs, this.pathOf(oid))
    return start === undefined ? undefined : await statedLength(start)
  }

  /** True when the object has a file, whatever is in it. */
  async has(oid: string): Promise<boolean> {
    try {
      await this.fs.stat(this.pathOf(oid))
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  /** Puts an object's file on the disk, over whatever was there. Durable when it resolves. */
  async write(oid: string, type: ObjectType, body: Uint8Array): Promise<void> {
    const deflated = await deflateObject(type, body)
    const path = this.pathOf(oid)
    await writeFileDurably(this.fs, path, deflated, { temporaryPrefix: 'tmp_obj_', mode: 0o444 })
  }

  /** Gives a file that is there the present time; false when it is gone. */
  async freshen(oid: string, now: Date): Promise<boolean> {
    try {
      await this.fs.utimes(this.pathOf(oid), now, now)
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  /** Forces the name of an object that somebody else wrote to the disk. */
  async syncName(oid: string): Promise<void> {
    await syncFolder(this.fs, join(this.#folder, oid.slice(0, 2)))
  }

  /** Ids of all loose objects, in order, folder by folder. */
  async *ids(): AsyncGenerator<string> {
    for (const prefix of await this.#prefixes()) {
      for (const rest of await listFolder(this.fs, join(this.#folder, prefix))) {
        if (objectIdPattern.test(prefix + rest)) yield prefix + rest
      }
    }
  }

  /** Ids that begin with at least two given digits. */
  async idsLike(prefix: string): Promise<string[]> {
    const folder = prefix.slice(0, 2)
    const names = await listFolder(this.fs, join(this.#folder, folder))
    return names
      .map((rest) => folder + rest)
      .filter((oid) => objectIdPattern.test(oid) && oid.startsWith(prefix))
  }

  /** Files in the object folders that are no objects: what a killed writer left, or a sweep put aside. */
  async *litter(): AsyncGenerator<string> {
    for (const prefix of await this.#prefixes()) {
      for (const name of await listFolder(this.fs, join(this.#folder, prefix))) {
        if (name.startsWith('tmp_')) yield join(this.#folder, prefix, name)
      }
    }
  }

  /** Makes the folder that holds the objects. */
  async create(): Promise<void> {
    await makeFolderDurably(this.fs, this.#folder)
  }

  async #prefixes(): Promise<string[]> {
    return (await listFolder(this.fs, this.#folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))
  }
}

async function readStart(fs: FileSystem, path: string): Promise<Buffer | undefined> {
  try {
    const handle = await fs.open(path, 'r')
    try {
      const buffer = Buffer.alloc(128)
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
