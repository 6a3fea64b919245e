import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

const decoders = [inflateSync, gunzipSync, brotliDecompressSync]
const deepest = 4

/**
 * Which of the needles stand in any file below a folder: as stored, inflated, unpacked with Brotli or gzip, in
 * base64 or hexadecimal, and all of that within each other. Entries of packs and content after headers are looked at too.
 *
 * @param depth layers that are taken off; 0 for the bytes alone
 */
export function findPlaintext(
  folder: string,
  needles: readonly string[],
  depth = deepest,
): readonly string[] {
  const found = new Set<string>()
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    for (const reading of readings(bytes, depth)) search(reading, needles, found)
    if (depth > 0 && entry.name.endsWith('.pack')) {
      for (const reading of packEntries(bytes)) search(reading, needles, found)
    }
  }
  return needles.filter((needle) => found.has(needle))
}

function search(bytes: Buffer, needles: readonly string[], found: Set<string>): void {
  for (const needle of needles) if (bytes.includes(needle, 0, 'utf8')) found.add(needle)
}

/** The bytes themselves and whatever comes out when they are unpacked or decoded. */
function* readings(bytes: Buffer, depth: number): Generator<Buffer> {
  yield bytes
  if (depth === 0) return
  for (const unpacked of unpack(bytes)) yield* readings(unpacked, depth - 1)
  const headerEnd = bytes.subarray(0, 32).indexOf(0)
  if (headerEnd > 0 && /^(blob|tree|commit) \d+$/.test(bytes.toString('latin1', 0, headerEnd))) {
    yield* readings(bytes.subarray(headerEnd + 1), depth - 1)
  }
  const text = bytes.toString('latin1')
  for (const run of text.match(/[A-Za-z0-9+/_-]{16,}={0,2}/g) ?? []) {
    yield Buffer.from(run, 'base64')
  }
  for (const run of text.match(/(?:[0-9a-f]{2}){8,}/g) ?? []) yield Buffer.from(run, 'hex')
}

function* unpack(bytes: Buffer): Generator<Buffer> {
  for (const decode of decoders) {
    try {
      yield decode(bytes)
    } catch {
      // Not packed this way.
    }
  }
}

/** What the entries of a git pack inflate to: a zlib stream may begin at any byte. */
function* packEntries(pack: Buffer): Generator<Buffer> {
  for (let at = pack.indexOf(0x78); at >= 0; at = pack.indexOf(0x78, at + 1)) {
    if (pack.readUInt16BE(Math.min(at, pack.length - 2)) % 31 !== 0) continue
    try {
      yield* readings(inflateSync(pack.subarray(at)), deepest - 1)
    } catch {
      // Another byte of that value.
    }
  }
}
