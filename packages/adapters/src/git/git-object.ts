import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, deflate, inflate } from 'node:zlib'

const deflateAsync = promisify(deflate)
const inflateAsync = promisify(inflate)

/** The kinds of object that a repository holds. */
export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag'

/** An object as git hashes it: its type and its bytes. */
export interface GitObject {
  readonly type: ObjectType
  readonly body: Buffer
}

/** A file name that is an object id: 40 lower-case hex digits. */
export const objectIdPattern = /^[0-9a-f]{40}$/

const types: ReadonlySet<string> = new Set(['blob', 'tree', 'commit', 'tag'])

/** The SHA-1 name of an object. Git's own, not a security promise of ours: content is sealed. */
export function objectId(type: ObjectType, body: Uint8Array): string {
  return createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex')
}

/**
 * The bytes of a loose object file. Sealed content does not shrink, so level 0 or 1 is enough for blobs;
 * git reads any level.
 */
export async function deflateObject(type: ObjectType, body: Uint8Array, level = 1): Promise<Buffer> {
  return await deflateAsync(Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]), { level })
}

/** How the bytes of an object's file can be wrong. */
export type ObjectDamage = 'truncated' | 'hash-mismatch'

/** Reads the bytes of a loose object file: the object, or why they are not the one that the name says. */
export async function inflateObject(oid: string, file: Uint8Array): Promise<GitObject | ObjectDamage> {
  let wrapped: Buffer
  try {
    wrapped = await inflateAsync(file)
  } catch {
    return 'truncated'
  }
  const end = wrapped.indexOf(0)
  if (end < 0) return 'truncated'
  const [type, length, ...rest] = wrapped.toString('latin1', 0, end).split(' ')
  const body = wrapped.subarray(end + 1)
  if (!isObjectType(type) || rest.length > 0 || length !== String(body.length)) return 'hash-mismatch'
  return objectId(type, body) === oid ? { type, body } : 'hash-mismatch'
}

/** True for the four names of object types. */
function isObjectType(type: string | undefined): type is ObjectType {
  return type !== undefined && types.has(type)
}

/** The content's length that the first bytes of a loose object file state; undefined when they state none. */
export async function statedLength(start: Uint8Array): Promise<number | undefined> {
  try {
    const text = (await inflateAsync(start, { finishFlush: constants.Z_SYNC_FLUSH })).toString('latin1')
    const match = /^(?:blob|tree|commit|tag) (\d{1,15})\0/.exec(text)
    return match === null ? undefined : Number(match[1])
  } catch {
    return undefined
  }
}
