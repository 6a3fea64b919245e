import { createHash, randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'
import { removeFile, syncFolder, writeNewFile } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import type { GitObject, ObjectType } from './git-object.js'
import type { PackStore } from './pack-store.js'

const deflateAsync = promisify(deflate)
const codes: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 }
const bufferBytes = 1024 * 1024

/** Begin of the names of packs that are being written; git takes them for litter. */
export const ownTemporaryPrefix = 'tmp_pack_tod_'

interface WrittenEntry {
  readonly oid: string
  readonly offset: number
  readonly check: number
}

/**
 * Writes one pack without deltas. Nothing of it can be seen before `finish`, which forces pack and index to the
 * disk and names them, the index last: git takes a pack for one when it has an index.
 */
export class PackWriter {
  readonly #temporary: string
  readonly #entries: WrittenEntry[] = []
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #position = 12

  constructor(
    private readonly fs: FileSystem,
    private readonly packs: PackStore,
  ) {
    this.#temporary = packs
      .pathOf(`${ownTemporaryPrefix}${randomBytes(8).toString('hex')}`, 'pack')
      .replace(/\.pack$/, '')
  }

  /** Bytes of the pack so far. */
  get size(): number {
    return this.#position
  }

  /** Objects in the pack so far. */
  get count(): number {
    return this.#entries.length
  }

  /** Adds an object. */
  async add(oid: string, object: GitObject): Promise<void> {
    const small = await deflateAsync(object.body, { level: object.type === 'blob' ? 1 : 9 })
    // What is sealed does not shrink: then no work is left for the reader either.
    const body = small.length < object.body.length ? small : await deflateAsync(object.body, { level: 0 })
    await this.addRaw(oid, Buffer.concat([entryHeader(object.type, object.body.length), body]))
  }

  /** Adds an entry as it stands in another pack, header included. It must not be a delta. */
  async addRaw(oid: string, bytes: Buffer): Promise<void> {
    this.#entries.push({ oid, offset: this.#position, check: crc32(bytes) })
    this.#position += bytes.length
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes >= bufferBytes) await this.#flush()
  }

  /** Makes the pack part of the repository and returns its name. */
  async finish(): Promise<string> {
    await this.#flush()
    const checksum = await this.#seal()
    const name = `pack-${checksum.toString('hex')}`
    const index = formatIndex(this.#entries, checksum)
    const temporaryIndex = `${this.#temporary}.idx`
    await writeNewFile(this.fs, temporaryIndex, index, 0o444)
    await this.fs.rename(this.#temporary, this.packs.pathOf(name, 'pack'))
    await this.fs.rename(temporaryIndex, this.packs.pathOf(name, 'idx'))
    await syncFolder(this.fs, dirname(this.#temporary))
    return name
  }

  /** Throws away what was written. */
  async discard(): Promise<void> {
    await removeFile(this.fs, this.#temporary)
    await removeFile(this.fs, `${this.#temporary}.idx`)
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting, this.#waitingBytes)
    const at = this.#position - bytes.length
    this.#waiting = []
    this.#waitingBytes = 0
    const handle = await this.fs.open(this.#temporary, at === 12 ? 'w' : 'r+', 0o644)
    try {
      if (at === 12) await handle.write(packHeader(0), 0, 12, 0)
      await handle.write(bytes, 0, bytes.length, at)
    } finally {
      await handle.close()
    }
  }

  /** Writes the true number of objects, then the checksum over everything, and forces it to the disk. */
  async #seal(): Promise<Buffer> {
    const handle = await this.fs.open(this.#temporary, 'r+')
    try {
      await handle.write(packHeader(this.#entries.length), 0, 12, 0)
      const hash = createHash('sha1')
      const buffer = Buffer.allocUnsafe(bufferBytes)
      for (let at = 0; at < this.#position; ) {
        const { bytesRead } = await handle.read(buffer, 0, Math.min(bufferBytes, this.#position - at), at)
        if (bytesRead === 0) throw new Error('The pack that was just written ends too early.')
        hash.update(buffer.subarray(0, bytesRead))
        at += bytesRead
      }
      const checksum = hash.digest()
      await handle.write(checksum, 0, checksum.length, this.#position)
      await handle.chmod(0o444)
      await handle.sync()
      return checksum
    } finally {
      await handle.close()
    }
  }
}

function packHeader(count: number): Buffer {
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1')
  header.writeUInt32BE(count, 8)
  return header
}

/** Type and length of an entry: four bits of the length first, then seven a byte. */
function entryHeader(type: ObjectType, length: number): Buffer {
  const bytes: number[] = []
  let rest = Math.floor(length / 16)
  let byte = ((codes[type] ?? 0) << 4) | (length & 15)
  while (rest > 0) {
    bytes.push(byte | 0x80)
    byte = rest & 0x7f
    rest = Math.floor(rest / 128)
  }
  bytes.push(byte)
  return Buffer.from(bytes)
}

/** A pack index of version 2. */
function formatIndex(entries: readonly WrittenEntry[], packChecksum: Buffer): Buffer {
  const sorted = entries.toSorted((a, b) => (a.oid < b.oid ? -1 : 1))
  const far = sorted.filter((entry) => entry.offset > 0x7fffffff)
  const count = sorted.length
  const index = Buffer.alloc(8 + 1024 + count * 28 + far.length * 8 + 40)
  index.writeUInt32BE(0xff744f63, 0)
  index.writeUInt32BE(2, 4)
  const ids = 8 + 1024
  const checks = ids + count * 20
  const offsets = checks + count * 4
  const farOffsets = offsets + count * 4
  let farCount = 0
  for (const [at, { oid, offset, check }] of sorted.entries()) {
    index.write(oid, ids + at * 20, 'hex')
    index.writeUInt32BE(check, checks + at * 4)
    index.writeUInt32BE((at + 1) >>> 0, 8 + Number.parseInt(oid.slice(0, 2), 16) * 4)
    if (offset <= 0x7fffffff) {
      index.writeUInt32BE(offset, offsets + at * 4)
    } else {
      index.writeUInt32BE((0x80000000 | farCount) >>> 0, offsets + at * 4)
      index.writeBigUInt64BE(BigInt(offset), farOffsets + farCount * 8)
      farCount++
    }
  }
  for (let byte = 1; byte < 256; byte++) {
    const before = index.readUInt32BE(8 + (byte - 1) * 4)
    if (index.readUInt32BE(8 + byte * 4) < before) index.writeUInt32BE(before, 8 + byte * 4)
  }
  packChecksum.copy(index, index.length - 40)
  createHash('sha1')
    .update(index.subarray(0, -20))
    .digest()
    .copy(index, index.length - 20)
  return index
}
