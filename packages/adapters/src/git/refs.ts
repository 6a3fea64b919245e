import { dirname, join } from 'node:path'
import { removeFile, syncFolder } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { fileErrorCode, readFileIfThere } from './file-system.js'
import { objectIdPattern } from './git-object.js'
import type { LockOptions } from './lock-file.js'
import { LockFile, LockLostError } from './lock-file.js'
import { RepositoryDamageError } from './repository-damage.js'

/** What a ref points to: an object id, nothing, or bytes that are no ref (`damaged`). */
export type RefValue = string | undefined | 'damaged'

/** The refs of one bare repository, loose and packed, changed by compare-and-swap across processes. */
export class Refs {
  #packed: { readonly signature: string; readonly refs: ReadonlyMap<string, string> } | undefined

  constructor(
    private readonly fs: FileSystem,
    private readonly gitDirectory: string,
  ) {}

  /** What a ref points to. A file that holds no object id is reported, never passed over. */
  async read(name: string): Promise<RefValue> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const file = await this.#readLoose(name)
      if (file !== undefined) return parseRef(file)
      const packed = (await this.#readPacked()).get(name)
      if (packed !== undefined) return packed
    }
    return undefined
  }

  /** @throws RepositoryDamageError when the ref's file holds no object id. */
  async resolve(name: string): Promise<string | undefined> {
    const value = await this.read(name)
    if (value === 'damaged') throw new RepositoryDamageError(name, 'bad-ref', 'the ref is empty or altered')
    return value
  }

  /**
   * Points a ref elsewhere if it still is what the caller saw. Durable when it resolves to true.
   *
   * @param expected the value seen before; undefined when there was none, `damaged` to replace a damaged one.
   * @returns false when the ref has changed meanwhile: read it again and decide anew. Should this process have stood
   * still for so long that its lock was taken over, that may have been to `next` and on from there.
   */
  async compareAndSwap(
    name: string,
    expected: RefValue,
    next: string,
    options: LockOptions = {},
  ): Promise<boolean> {
    const path = join(this.gitDirectory, name)
    const lock = await LockFile.acquire(this.fs, `${path}.lock`, options)
    try {
      if ((await this.read(name)) !== expected) {
        await lock.release()
        return false
      }
      await lock.write(Buffer.from(`${next}\n`))
      await lock.commitTo(path)
    } catch (error) {
      await lock.release().catch(() => undefined)
      if (!(error instanceof LockLostError)) throw error
      await syncFolder(this.fs, dirname(path))
      return (await this.read(name)) === next
    }
    await syncFolder(this.fs, dirname(path))
    return true
  }

  /**
   * Removes a ref if it still is what the caller saw, also from the packed refs. Only for refs that never change their
   * value: one that moves on while this process stands still would be lost.
   */
  async delete(name: string, expected: RefValue, options: LockOptions = {}): Promise<boolean> {
    const path = join(this.gitDirectory, name)
    const lock = await LockFile.acquire(this.fs, `${path}.lock`, options)
    try {
      if ((await this.read(name)) !== expected) return false
      await this.#dropPacked(name, options)
      if (await removeFile(this.fs, path)) await syncFolder(this.fs, dirname(path))
      return true
    } finally {
      await lock.release()
    }
  }

  /** All refs under a prefix such as `refs/heads/devices/`, by full name, sorted; damaged ones included. */
  async list(prefix: string): Promise<Map<string, string | 'damaged'>> {
    const refs = new Map<string, string | 'damaged'>()
    // Native git moves refs from files into `packed-refs`: looked at in this order, none is missed on its way.
    for (const name of await this.#looseNames(prefix.replace(/\/$/, ''))) {
      const file = await this.#readLoose(name)
      if (file !== undefined) refs.set(name, parseRef(file))
    }
    for (const [name, oid] of await this.#readPacked()) {
      if (name.startsWith(prefix) && !refs.has(name)) refs.set(name, oid)
    }
    return new Map([...refs].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  async #looseNames(folder: string): Promise<string[]> {
    const names: string[] = []
    try {
      for (const entry of await this.fs.readdir(join(this.gitDirectory, folder), { withFileTypes: true })) {
        const name = `${folder}/${entry.name}`
        if (entry.isDirectory()) names.push(...(await this.#looseNames(name)))
        else if (!/\.lock$|\.stale-\d+$|^tmp_/.test(entry.name)) names.push(name)
      }
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes(fileErrorCode(error) ?? '')) throw error
    }
    return names
  }

  async #readLoose(name: string): Promise<Buffer | undefined> {
    try {
      return await readFileIfThere(this.fs, join(this.gitDirectory, name))
    } catch (error) {
      if (fileErrorCode(error) === 'EISDIR') return undefined
      throw error
    }
  }

  async #readPacked(): Promise<ReadonlyMap<string, string>> {
    const path = join(this.gitDirectory, 'packed-refs')
    let signature = 'none'
    try {
      const seen = await this.fs.stat(path, { bigint: true })
      signature = `${seen.ino}-${seen.size}-${seen.mtimeNs}`
    } catch (error) {
      if (fileErrorCode(error) !== 'ENOENT') throw error
    }
    if (this.#packed?.signature === signature) return this.#packed.refs
    const file = signature === 'none' ? undefined : await readFileIfThere(this.fs, path)
    const refs = parsePackedRefs(file?.toString('latin1') ?? '')
    this.#packed = { signature, refs }
    return refs
  }

  async #dropPacked(name: string, options: LockOptions): Promise<void> {
    if (!(await this.#readPacked()).has(name)) return
    const path = join(this.gitDirectory, 'packed-refs')
    const staleAfterMs = options.packedRefsStaleAfterMs ?? 600_000
    const lock = await LockFile.acquire(this.fs, `${path}.lock`, { ...options, staleAfterMs })
    try {
      const lines = ((await readFileIfThere(this.fs, path))?.toString('latin1') ?? '').split('\n')
      const kept = lines.filter((line, at) => {
        const target = line.startsWith('^') ? lines[at - 1] : line
        return target?.slice(41) !== name
      })
      await lock.write(Buffer.from(kept.join('\n'), 'latin1'))
      await lock.commitTo(path)
      await syncFolder(this.fs, this.gitDirectory)
    } catch (error) {
      await lock.release().catch(() => undefined)
      throw error
    }
  }
}

function parseRef(file: Buffer): string | 'damaged' {
  const text = file.toString('latin1').trimEnd()
  return objectIdPattern.test(text) ? text : 'damaged'
}

function parsePackedRefs(text: string): Map<string, string> {
  const refs = new Map<string, string>()
  for (const line of text.split('\n')) {
    const oid = line.slice(0, 40)
    if (line[40] === ' ' && objectIdPattern.test(oid)) refs.set(line.slice(41), oid)
  }
  return refs
}
