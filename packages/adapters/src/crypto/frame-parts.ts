const encoder = new TextEncoder()

/**
 * Joins parts so that no two different lists give the same bytes: each part is preceded by its length
 * (32 bits, big-endian).
 */
export function frameParts(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part))
  const framed = new Uint8Array(bytes.reduce((sum, part) => sum + 4 + part.length, 0))
  const view = new DataView(framed.buffer)
  let at = 0
  for (const part of bytes) {
    view.setUint32(at, part.length)
    framed.set(part, at + 4)
    at += 4 + part.length
  }
  return framed
}
