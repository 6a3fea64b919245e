import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

const headerBytes = 9
const storedAsIs = 0
const storedAsBrotli = 1

/**
 * What is encrypted: codec (1 byte), length of the packed and of the original bytes (4 each, big-endian), the
 * packed bytes, zeros up to a step. The steps hide the exact length: {@link paddedLength}.
 */
export async function packContent(content: Uint8Array, quality = 6): Promise<Uint8Array> {
  const brotli = await compress(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  })
  const isSmaller = brotli.length < content.length
  const packed = isSmaller ? brotli : content
  const frame = new Uint8Array(paddedLength(headerBytes + packed.length))
  const view = new DataView(frame.buffer)
  view.setUint8(0, isSmaller ? storedAsBrotli : storedAsIs)
  view.setUint32(1, packed.length)
  view.setUint32(5, content.length)
  frame.set(packed, headerBytes)
  return frame
}

/** The content of a frame; undefined when it is not one that `packContent` makes. */
export async function unpackContent(frame: Uint8Array): Promise<Uint8Array | undefined> {
  if (frame.length < headerBytes) return undefined
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const codec = view.getUint8(0)
  const packedLength = view.getUint32(1)
  const contentLength = view.getUint32(5)
  if (packedLength > frame.length - headerBytes) return undefined
  const packed = frame.subarray(headerBytes, headerBytes + packedLength)
  if (codec === storedAsIs) return packedLength === contentLength ? packed.slice() : undefined
  if (codec !== storedAsBrotli) return undefined
  try {
    const content = await decompress(packed, { maxOutputLength: Math.max(1, contentLength) })
    return content.length === contentLength ? new Uint8Array(content) : undefined
  } catch {
    return undefined
  }
}

/**
 * The next step at or above a length: multiples of 64 up to 1 KiB, then steps that grow with the length and add
 * at most 12 % (Padmé: only the highest few bits of the length are kept).
 */
export function paddedLength(length: number): number {
  if (length <= 1_024) return Math.max(64, Math.ceil(length / 64) * 64)
  const exponent = Math.floor(Math.log2(length))
  const kept = Math.floor(Math.log2(exponent)) + 1
  const step = 2 ** (exponent - kept)
  return Math.ceil(length / step) * step
}
