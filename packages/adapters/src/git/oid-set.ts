const idBytes = 20

/** A set of object ids that takes about 35 bytes an entry, for repositories with millions of objects. */
export class OidSet {
  #slots: Buffer
  #used: Uint8Array
  #count = 0

  constructor(capacity = 1024) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 1.5)))
    this.#slots = Buffer.alloc(slots * idBytes)
    this.#used = new Uint8Array(slots)
  }

  /** Number of ids in it. */
  get size(): number {
    return this.#count
  }

  /** Puts an id in; false when it was there. */
  add(oid: string): boolean {
    return this.#insert(Buffer.from(oid, 'hex'), 0)
  }

  /** True when the id is in it. */
  has(oid: string): boolean {
    return this.hasAt(Buffer.from(oid, 'hex'), 0)
  }

  /** As `has`, for the 20 bytes at a place in a pack index. */
  hasAt(bytes: Buffer, at: number): boolean {
    return this.#used[this.#find(bytes, at)] === 1
  }

  /** All ids, in no order. */
  *[Symbol.iterator](): Generator<string> {
    for (let slot = 0; slot < this.#used.length; slot++) {
      if (this.#used[slot] === 1) yield this.#slots.toString('hex', slot * idBytes, (slot + 1) * idBytes)
    }
  }

  #insert(bytes: Buffer, at: number): boolean {
    const slot = this.#find(bytes, at)
    if (this.#used[slot] === 1) return false
    bytes.copy(this.#slots, slot * idBytes, at, at + idBytes)
    this.#used[slot] = 1
    this.#count++
    if (this.#count > this.#used.length * 0.65) this.#grow()
    return true
  }

  /** The slot that holds the id, or the free one where it belongs. Ids are hashes: their bytes are the hash. */
  #find(bytes: Buffer, at: number): number {
    const mask = this.#used.length - 1
    let slot = bytes.readUInt32LE(at) & mask
    while (this.#used[slot] === 1) {
      const from = slot * idBytes
      if (bytes.compare(this.#slots, from, from + idBytes, at, at + idBytes) === 0) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  #grow(): void {
    const slots = this.#slots
    const used = this.#used
    this.#slots = Buffer.alloc(slots.length * 2)
    this.#used = new Uint8Array(used.length * 2)
    this.#count = 0
    for (let slot = 0; slot < used.length; slot++) {
      if (used[slot] === 1) this.#insert(slots, slot * idBytes)
    }
  }
}
