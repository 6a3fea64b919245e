import { promisify } from 'node:util'
import { constants, inflate, inflateSync } from 'node:zlib'
import { applyDelta, deltaResultLength } from './apply-delta.js'
import type { FileSystem } from './file-system.js'
import type { GitObject, ObjectType } from './git-object.js'
import { RepositoryDamageError } from './repository-damage.js'
import { SharedHandle } from './shared-handle.js'

const inflateAsync = promisify(inflate)
const typeNames: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }
const offsetDelta = 6
const referenceDelta = 7
const longestHeader = 32
const longestChain = 4_096
/** Read at once, so that neighbours cost no further call. */
const windowBytes = 32 * 1024
/** Up to here inflating at once is quicker than handing the work to another thread. */
const inflateHereBytes = 16 * 1024

interface Entry {
  readonly type: ObjectType | 'delta'
  readonly base: number | string | undefined
  readonly size: number
  /** Where the deflated bytes begin in the pack. */
  readonly dataAt: number
}

/** Finds the base of a delta that names it by id: in this pack or elsewhere in the repository. */
export type FindBase = (oid: string) => Promise<GitObject | undefined>

/** A pack, read by position: only the bytes of the wanted object and of the bases of its deltas. */
export class PackFile {
  readonly #file: SharedHandle
  readonly #name: string
  #size: number | undefined
  #window: { readonly from: number; readonly bytes: Buffer } | undefined

  constructor(fs: FileSystem, path: string) {
    this.#file = new SharedHandle(fs, path)
    this.#name = path.slice(path.lastIndexOf('/') + 1)
  }

  /**
   * The object that begins at `offset`. Its hash is not checked here.
   *
   * @param offsetOf where an object of this same pack begins, for deltas that name their base by id.
   */
  async readAt(
    offset: number,
    offsetOf: (oid: string) => Promise<number | undefined>,
    findBase: FindBase,
  ): Promise<GitObject> {
    const deltas: Buffer[] = []
    let at = offset
    for (let depth = 0; depth < longestChain; depth++) {
      const entry = await this.#readEntry(at)
      if (entry.type !== 'delta') return this.#resolve({ type: entry.type, body: entry.bytes }, deltas)
      deltas.push(entry.bytes)
      if (typeof entry.base === 'number') {
        at = entry.base
        continue
      }
      const oid = entry.base ?? ''
      const here = await offsetOf(oid)
      if (here === undefined) {
        const base = await findBase(oid)
        if (base === undefined) throw this.#damage(`the base ${oid} of a delta is missing`)
        return this.#resolve(base, deltas)
      }
      at = here
    }
    throw this.#damage('a chain of deltas does not end')
  }

  /** Length of the object that begins at `offset`, from its first bytes. */
  async sizeAt(offset: number): Promise<number> {
    const entry = await this.#readHeader(offset)
    if (entry.type !== 'delta') return entry.size
    const start = await this.#readBytes(entry.dataAt, 64)
    const delta = await inflateAsync(start, { finishFlush: constants.Z_SYNC_FLUSH })
    const size = deltaResultLength(delta)
    if (size === undefined) throw this.#damage('a delta states no length')
    return size
  }

  /** Type of the object that begins at `offset`, by following its deltas; undefined when a base is elsewhere. */
  async typeAt(
    offset: number,
    offsetOf: (oid: string) => Promise<number | undefined>,
  ): Promise<ObjectType | undefined> {
    let at: number | undefined = offset
    for (let depth = 0; at !== undefined && depth < longestChain; depth++) {
      const { type, base }: Entry = await this.#readHeader(at)
      if (type !== 'delta') return type
      at = typeof base === 'number' ? base : await offsetOf(base ?? '')
    }
    return undefined
  }

  /** Type and whole bytes, header included, of the entry from `offset` to `end`; undefined for a delta. */
  async rawAt(
    offset: number,
    end: number,
  ): Promise<{ readonly type: ObjectType; readonly bytes: Buffer } | undefined> {
    const { type } = await this.#readHeader(offset)
    if (type === 'delta') return undefined
    return { type, bytes: await this.#file.read(offset, end - offset) }
  }

  /** Length of the pack in bytes. */
  async size(): Promise<number> {
    return await this.#file.size()
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#file.close()
  }

  #resolve(base: GitObject, deltas: readonly Buffer[]): GitObject {
    let body = base.body
    for (const delta of deltas.toReversed()) {
      const next = applyDelta(body, delta)
      if (next === undefined) throw this.#damage('a delta does not fit its base')
      body = next
    }
    return { type: base.type, body }
  }

  async #readEntry(offset: number): Promise<Entry & { readonly bytes: Buffer }> {
    const entry = await this.#readHeader(offset)
    return { ...entry, bytes: await this.#inflateAt(entry.dataAt, entry.size) }
  }

  async #readHeader(offset: number): Promise<Entry> {
    const header = await this.#readBytes(offset, longestHeader)
    let at = 0
    const next = (): number => {
      const byte = header[at++]
      if (byte === undefined) throw this.#damage('the pack ends inside an object')
      return byte
    }
    let byte = next()
    const code = (byte >> 4) & 7
    let size = byte & 15
    for (let scale = 16; byte & 0x80; scale *= 128) {
      byte = next()
      size += (byte & 0x7f) * scale
    }
    let base: number | string | undefined
    if (code === offsetDelta) {
      byte = next()
      let distance = byte & 0x7f
      while (byte & 0x80) {
        byte = next()
        distance = (distance + 1) * 128 + (byte & 0x7f)
      }
      if (distance <= 0 || distance > offset) throw this.#damage('a delta points outside the pack')
      base = offset - distance
    } else if (code === referenceDelta) {
      base = header.toString('hex', at, at + 20)
      at += 20
    }
    const type = typeNames[code] ?? (base === undefined ? undefined : 'delta')
    if (type === undefined) throw this.#damage('an object of unknown type')
    return { type, base, size, dataAt: offset + at }
  }

  async #inflateAt(position: number, size: number): Promise<Buffer> {
    this.#size ??= await this.#file.size()
    // Deflate never grows by more than five bytes per 16 KB block, plus its frame.
    const most = size + Math.ceil(size / 16_000) * 5 + 64
    const packed = await this.#readBytes(position, Math.max(0, Math.min(most, this.#size - position)))
    try {
      const limit = { maxOutputLength: size + 1 }
      const bytes = size <= inflateHereBytes ? inflateSync(packed, limit) : await inflateAsync(packed, limit)
      if (bytes.length === size) return bytes
    } catch (error) {
      throw this.#damage('an object does not inflate', { cause: error })
    }
    throw this.#damage('an object has another length than stated')
  }

  async #readBytes(position: number, length: number): Promise<Buffer> {
    if (length > windowBytes) return await this.#file.read(position, length)
    const known = this.#window
    if (known === undefined || position < known.from || position + length > known.from + known.bytes.length) {
      this.#window = { from: position, bytes: await this.#file.read(position, windowBytes) }
      return this.#window.bytes.subarray(0, length)
    }
    return known.bytes.subarray(position - known.from, position - known.from + length)
  }

  #damage(problem: string, options?: ErrorOptions): RepositoryDamageError {
    return new RepositoryDamageError(this.#name, 'unreadable', problem, options)
  }
}
