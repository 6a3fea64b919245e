import type { FileSystem } from './file-system.js'
import { RepositoryDamageError } from './repository-damage.js'
import { SharedHandle } from './shared-handle.js'

const headerBytes = 8
const fanoutBytes = 1024
const idBytes = 20

/** All that an index says, by position: ids sorted, 20 bytes each; CRC-32 of each entry, 4 bytes each. */
export interface PackEntries {
  readonly count: number
  readonly ids: Buffer
  readonly checks: Buffer
  readonly offsets: Float64Array
}

/**
 * A pack's index (version 2), read by position: 1 KB of it is kept, a look-up reads the ids that share the
 * first byte. The pack itself is never read for a look-up.
 */
export class PackIndex {
  readonly #file: SharedHandle
  #fanout: Promise<Buffer> | undefined
  #entries: Promise<PackEntries> | undefined

  constructor(
    fs: FileSystem,
    private readonly path: string,
  ) {
    this.#file = new SharedHandle(fs, path)
  }

  /** The number of objects in the pack. */
  async count(): Promise<number> {
    return (await this.#readFanout()).readUInt32BE(fanoutBytes - 4)
  }

  /** Where an object begins in the pack; undefined when the pack does not have it. */
  async offsetOf(oid: string): Promise<number | undefined> {
    const { from, ids } = await this.#idsLike(oid)
    const wanted = Buffer.from(oid, 'hex')
    let low = 0
    let high = ids.length / idBytes
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = ids.compare(wanted, 0, idBytes, middle * idBytes, (middle + 1) * idBytes)
      if (order === 0) return await this.#offsetAt(from + middle)
      if (order < 0) low = middle + 1
      else high = middle
    }
    return undefined
  }

  /** Ids that begin with at least two given digits. */
  async idsLike(prefix: string): Promise<string[]> {
    const { ids } = await this.#idsLike(prefix)
    const found: string[] = []
    for (let at = 0; at < ids.length; at += idBytes) {
      const oid = ids.toString('hex', at, at + idBytes)
      if (oid.startsWith(prefix)) found.push(oid)
    }
    return found
  }

  /** The whole index: 28 bytes an object, held in memory from then on. */
  async entries(): Promise<PackEntries> {
    this.#entries ??= this.#loadEntries()
    try {
      return await this.#entries
    } catch (error) {
      this.#entries = undefined
      throw error
    }
  }

  /** Lets go of the whole index; the 1 KB stays. */
  forgetEntries(): void {
    this.#entries = undefined
  }

  async #loadEntries(): Promise<PackEntries> {
    const count = await this.count()
    const start = headerBytes + fanoutBytes
    const ids = await this.#exactly(start, count * idBytes)
    const checks = await this.#exactly(start + count * idBytes, count * 4)
    const short = await this.#exactly(start + count * (idBytes + 4), count * 4)
    const offsets = new Float64Array(count)
    for (let at = 0; at < count; at++) {
      const value = short.readUInt32BE(at * 4)
      offsets[at] = value & 0x80000000 ? await this.#offsetAt(at) : value
    }
    return { count, ids, checks, offsets }
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#file.close()
  }

  async #idsLike(oid: string): Promise<{ from: number; ids: Buffer }> {
    const fanout = await this.#readFanout()
    const first = Number.parseInt(oid.slice(0, 2), 16)
    const from = first === 0 ? 0 : fanout.readUInt32BE((first - 1) * 4)
    const to = fanout.readUInt32BE(first * 4)
    const ids = await this.#file.read(headerBytes + fanoutBytes + from * idBytes, (to - from) * idBytes)
    return { from, ids }
  }

  async #offsetAt(position: number): Promise<number> {
    const count = await this.count()
    const offsets = headerBytes + fanoutBytes + count * (idBytes + 4)
    const short = (await this.#exactly(offsets + position * 4, 4)).readUInt32BE(0)
    if ((short & 0x80000000) === 0) return short
    const long = await this.#exactly(offsets + count * 4 + (short & 0x7fffffff) * 8, 8)
    return Number(long.readBigUInt64BE(0))
  }

  async #exactly(position: number, length: number): Promise<Buffer> {
    const bytes = await this.#file.read(position, length)
    if (bytes.length < length)
      throw new RepositoryDamageError(this.#name(), 'unreadable', 'the pack index ends too early')
    return bytes
  }

  async #readFanout(): Promise<Buffer> {
    this.#fanout ??= this.#loadFanout()
    try {
      return await this.#fanout
    } catch (error) {
      this.#fanout = undefined
      throw error
    }
  }

  async #loadFanout(): Promise<Buffer> {
    const start = await this.#exactly(0, headerBytes + fanoutBytes)
    if (start.readUInt32BE(0) !== 0xff744f63 || start.readUInt32BE(4) !== 2) {
      throw new RepositoryDamageError(this.#name(), 'unreadable', 'not a pack index of version 2')
    }
    return start.subarray(headerBytes)
  }

  #name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1)
  }
}

/** Where an object begins in the pack; undefined when the index does not have it. */
export function findOffset(entries: PackEntries, oid: string): number | undefined {
  const wanted = Buffer.from(oid, 'hex')
  let low = 0
  let high = entries.count
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = entries.ids.compare(wanted, 0, idBytes, middle * idBytes, (middle + 1) * idBytes)
    if (order === 0) return entries.offsets[middle]
    if (order < 0) low = middle + 1
    else high = middle
  }
  return undefined
}
