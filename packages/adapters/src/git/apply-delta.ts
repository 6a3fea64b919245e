/**
 * Rebuilds an object from a git delta: a list of copies from the base and of inserted bytes.
 * Undefined when the delta does not fit the base or its own stated lengths.
 */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Buffer | undefined {
  const cursor = { at: 0 }
  const baseLength = readLength(delta, cursor)
  const resultLength = readLength(delta, cursor)
  if (baseLength !== base.length || resultLength === undefined) return undefined
  const result = Buffer.allocUnsafe(resultLength)
  let written = 0
  while (cursor.at < delta.length) {
    const command = delta[cursor.at++] ?? 0
    if (command & 0x80) {
      let offset = 0
      let size = 0
      for (let bit = 0; bit < 4; bit++) {
        if (command & (1 << bit)) offset += (delta[cursor.at++] ?? 0) * 2 ** (8 * bit)
      }
      for (let bit = 0; bit < 3; bit++) {
        if (command & (1 << (4 + bit))) size += (delta[cursor.at++] ?? 0) * 2 ** (8 * bit)
      }
      if (size === 0) size = 0x10000
      if (offset + size > base.length || written + size > resultLength) return undefined
      result.set(base.subarray(offset, offset + size), written)
      written += size
    } else {
      if (command === 0 || cursor.at + command > delta.length || written + command > resultLength) {
        return undefined
      }
      result.set(delta.subarray(cursor.at, cursor.at + command), written)
      cursor.at += command
      written += command
    }
  }
  return written === resultLength ? result : undefined
}

/** The length of what a delta makes, from its first bytes; undefined when they are too few. */
export function deltaResultLength(delta: Uint8Array): number | undefined {
  const cursor = { at: 0 }
  return readLength(delta, cursor) === undefined ? undefined : readLength(delta, cursor)
}

function readLength(bytes: Uint8Array, cursor: { at: number }): number | undefined {
  let value = 0
  for (let shift = 0; shift < 49; shift += 7) {
    const byte = bytes[cursor.at++]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** shift
    if ((byte & 0x80) === 0) return value
  }
  return undefined
}
