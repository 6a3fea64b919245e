import type { WrappedKey } from '@tod/core'
import { RepositoryDamageError } from './repository-damage.js'
import { keysRef } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'

/** A wrapped key and the blob that holds it. */
export interface KeyFile {
  readonly key: WrappedKey
  readonly oid: string
}

/** Wrapped keys of a tenant as files of a tree: `tenant/<version>`, `devices/<first two>/<id>.<version>`. */
export interface KeyFiles {
  /** The commit that holds them; undefined when there is none. */
  readonly commitSha: string | undefined
  readonly byPath: ReadonlyMap<string, KeyFile>
  /** Trees that are known to be there. */
  readonly trees: ReadonlySet<string>
}

/** No keys yet. */
export const noKeyFiles: KeyFiles = { commitSha: undefined, byPath: new Map(), trees: new Set() }

/** The path of a key's file. */
export function keyPath(deviceId: string | null, version: number): string {
  return deviceId === null ? `tenant/${version}` : `devices/${deviceId.slice(0, 2)}/${deviceId}.${version}`
}

/** The bytes of a key's file. */
export function formatKey({ deviceId, version, wrappedBy, createdAt, wrapped }: WrappedKey): Buffer {
  const text = Buffer.from(wrapped).toString('base64')
  return Buffer.from(
    `${JSON.stringify({ format: 1, deviceId, version, wrappedBy, createdAt, wrapped: text })}\n`,
  )
}

/**
 * All keys that a commit of the keys' ref holds.
 *
 * @param known what was read before: blobs that it has are not read again
 */
export async function readKeyFiles(
  repository: TenantRepository,
  commitSha: string | undefined,
  known: KeyFiles,
): Promise<KeyFiles> {
  if (commitSha === known.commitSha) return known
  if (commitSha === undefined) return noKeyFiles
  const commit = await repository.commits.commit(commitSha)
  if (commit === undefined) throw new RepositoryDamageError(keysRef, 'missing', 'the commit is missing')
  const byPath = new Map<string, KeyFile>()
  const trees = new Set<string>()
  for await (const { path, oid } of filesBelow(repository, commit.tree, '', trees)) {
    const same = known.byPath.get(path)
    byPath.set(path, same?.oid === oid ? same : { oid, key: await readKey(repository, oid) })
  }
  return { commitSha, byPath, trees }
}

async function* filesBelow(
  repository: TenantRepository,
  tree: string,
  prefix: string,
  trees: Set<string>,
): AsyncGenerator<{ readonly path: string; readonly oid: string }> {
  const entries = await repository.commits.tree(tree)
  if (entries === undefined) throw new RepositoryDamageError(tree, 'missing', 'the tree is missing')
  trees.add(tree)
  for (const entry of entries.values()) {
    const path = `${prefix}${entry.path}`
    if (entry.type === 'tree') yield* filesBelow(repository, entry.oid, `${path}/`, trees)
    else yield { path, oid: entry.oid }
  }
}

async function readKey(repository: TenantRepository, oid: string): Promise<WrappedKey> {
  const blob = await repository.objects.read(oid)
  if (blob === undefined) throw new RepositoryDamageError(oid, 'missing', 'the object is missing')
  try {
    const value: unknown = JSON.parse(blob.body.toString('utf8'))
    if (isKey(value)) {
      const { deviceId, version, wrappedBy, createdAt } = value
      return {
        deviceId,
        version,
        wrappedBy,
        wrapped: new Uint8Array(Buffer.from(value.wrapped, 'base64')),
        createdAt,
      }
    }
  } catch {
    // Reported below, as any other content that is no key.
  }
  throw new RepositoryDamageError(oid, 'unreadable', 'the object holds no wrapped key')
}

function isKey(value: unknown): value is Omit<WrappedKey, 'wrapped'> & { readonly wrapped: string } {
  if (typeof value !== 'object' || value === null) return false
  const { deviceId, version, wrappedBy, createdAt, wrapped } = value as {
    readonly [name in string]?: unknown
  }
  return (
    (deviceId === null || typeof deviceId === 'string') &&
    Number.isSafeInteger(version) &&
    typeof wrappedBy === 'string' &&
    typeof createdAt === 'number' &&
    typeof wrapped === 'string'
  )
}
