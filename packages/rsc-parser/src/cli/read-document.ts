import { buildDocument } from '../document/build-document.js'
import type { RscDocument } from '../document/rsc-document.js'
import { parseBytes } from '../syntax/parser.js'
import type { CliIo } from './cli-io.js'
import { UsageError } from './usage-error.js'

/** The bytes of a file, or of standard input for `-`. */
export async function readSource(path: string, io: CliIo): Promise<Uint8Array> {
  const bytes = path === '-' ? await io.readStdin() : await readFile(path, io)
  if (isUtf16(bytes)) {
    throw new UsageError(`cannot read ${path}: it is UTF-16, as PowerShell's > writes it; save it as UTF-8`)
  }
  return bytes
}

async function readFile(path: string, io: CliIo): Promise<Uint8Array> {
  try {
    return await io.readFile(path)
  } catch (cause) {
    throw cannotRead(path, cause)
  }
}

/** By its byte order mark, of either order. */
const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

/** What is said of a file or folder that cannot be read. */
export const cannotRead = (path: string, cause: unknown): UsageError =>
  new UsageError(`cannot read ${path}: ${reasonOf(cause)}`, { cause })

/** Replaces a file, or says why not. */
export async function writeTarget(path: string, content: Uint8Array, io: CliIo): Promise<void> {
  try {
    await io.writeFile(path, content)
  } catch (cause) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(cause)}`, { cause })
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is no folder',
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
  return reasons[code] ?? code
}

/** Reads one document, byte for byte. */
export async function readDocument(path: string, io: CliIo): Promise<RscDocument> {
  return buildDocument(parseBytes(await readSource(path, io)))
}

/**
 * Reads two documents to be compared. Where they are of different major versions, both are read by the rules of the
 * newer one.
 */
export async function readPair(
  oldPath: string,
  newPath: string,
  io: CliIo,
): Promise<readonly [RscDocument, RscDocument]> {
  if (oldPath === '-' && newPath === '-')
    throw new UsageError('only one of the two files can be standard input')
  const first = parseBytes(await readSource(oldPath, io))
  const second = parseBytes(await readSource(newPath, io))
  const from = buildDocument(first)
  const to = buildDocument(second)
  const major = Math.max(from.header.major, to.header.major)
  return [
    from.header.major === major ? from : buildDocument(first, { major }),
    to.header.major === major ? to : buildDocument(second, { major }),
  ]
}
