import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'

const decoders = [inflateSync, inflateRawSync, gunzipSync, brotliDecompressSync]

/** The bytes themselves and whatever comes out when they are unpacked or decoded, a few layers deep. */
function* readings(bytes: Buffer, depth: number): Generator<Buffer> {
  yield bytes
  if (depth === 0) return
  for (const decode of decoders) {
    try {
      yield* readings(decode(bytes), depth - 1)
    } catch {
      // Not packed this way.
    }
  }
  // The content of a git object follows its header.
  const headerEnd = bytes.subarray(0, 32).indexOf(0)
  if (headerEnd > 0 && /^(blob|tree|commit) \d+$/.test(bytes.toString('latin1', 0, headerEnd))) {
    yield* readings(bytes.subarray(headerEnd + 1), depth - 1)
  }
  for (const run of bytes.toString('latin1').match(/[A-Za-z0-9+/_-]{40,}={0,2}/g) ?? []) {
    yield Buffer.from(run, 'base64')
  }
}

function* filesUnder(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* filesUnder(path)
    else yield path
  }
}

/** Which of the needles stand in any file below the folder: as stored, inflated, unpacked or base64-decoded. */
export function findPlaintext(folder: string, needles: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const path of filesUnder(folder)) {
    for (const reading of readings(readFileSync(path), 4)) {
      for (const needle of needles) if (reading.includes(needle, 0, 'latin1')) found.add(needle)
    }
  }
  return needles.filter((needle) => found.has(needle))
}
