import { basename, dirname } from 'node:path'
import {
  BackupIntegrityFailedError,
  defineTenantGuard,
  isContentOf,
  parseMeta,
  type RevisionFile,
  RevisionNotFoundError,
  type SecretBox,
  type TenantScope,
  type WrappedKeyStore,
} from '@tod/core'
import { parseTrailers } from './commit-text.js'
import { nodeFileSystem } from './file-system.js'
import { GitWrappedKeyStore } from './git-wrapped-key-store.js'
import { readBlobs, walkFrom } from './revision-chain.js'
import { TenantRepository } from './tenant-repository.js'
import { toStorageError } from './to-storage-error.js'

/** What is needed to read a revision when nothing but the repository and the master key is left. */
export interface OpenRevisionOptions {
  /** Folder of the bare repository, `<tenant_id>.git`. */
  readonly repository: string
  /** Full or short sha, 4 digits at least. */
  readonly commitSha: string
  readonly file: RevisionFile
  /** The tenant, where the folder is not named after it any more. */
  readonly tenantId?: string
  /** The device, for repositories in the usual layout. */
  readonly deviceId?: string
  /** Hands content out that is not what the revision's facts state, or whose facts are lost; default false. */
  readonly unverified?: boolean
  /** Makes the box that opens content, from the wrapped keys of the repository. */
  makeBox(keys: WrappedKeyStore): SecretBox
}

/**
 * Break glass: reads one file of one revision without database, server or devices. Who may do so is decided by who
 * holds the repository and the master key.
 *
 * @throws REVISION_NOT_FOUND · BACKUP_NOT_DECRYPTABLE · BACKUP_INTEGRITY_FAILED · STORAGE_CORRUPT · KEY_SERVICE_UNAVAILABLE
 */
export async function openRevision(
  options: OpenRevisionOptions,
): Promise<{ readonly deviceId: string; readonly commitSha: string; readonly content: Uint8Array }> {
  const tenantId = options.tenantId ?? basename(options.repository).replace(/\.git$/, '')
  const scope = enter(tenantId)
  const keys = new GitWrappedKeyStore({ root: dirname(options.repository) })
  const repository = new TenantRepository(nodeFileSystem, options.repository)
  try {
    const { deviceId, commitSha, sealed, sealedMeta } = await findFiles(repository, options)
    const { file } = options
    const box = options.makeBox(keys)
    const content = await box.open(scope, { deviceId, file }, sealed)
    if (file === 'meta.json' || options.unverified) return { deviceId, commitSha, content }
    const meta =
      sealedMeta === undefined
        ? undefined
        : await box.open(scope, { deviceId, file: 'meta.json' }, sealedMeta)
    if (!isContentOf(meta === undefined ? undefined : parseMeta(meta), file, { sealed, content }, box)) {
      throw new BackupIntegrityFailedError({ deviceId, commitSha, file })
    }
    return { deviceId, commitSha, content }
  } catch (error) {
    throw toStorageError(error)
  } finally {
    await repository.close()
    await keys.close()
  }
}

async function findFiles(repository: TenantRepository, options: OpenRevisionOptions) {
  const wanted = options.commitSha.toLowerCase()
  const notFound = () =>
    new RevisionNotFoundError({ deviceId: options.deviceId ?? 'any', commitSha: options.commitSha })
  const found = /^[0-9a-f]{4,40}$/.test(wanted) ? await repository.objectsLike(wanted) : []
  const commits = []
  for (const oid of found) {
    const commit = await repository.commits.commit(oid)
    if (commit !== undefined) commits.push(commit)
  }
  const [commit, ...others] = commits
  if (commit === undefined || others.length > 0) throw notFound()
  const deviceId = parseTrailers(commit.message)?.deviceId ?? options.deviceId
  if (deviceId === undefined) throw notFound()
  for await (const link of walkFrom(repository, deviceId, commit.oid)) {
    const blobs = await readBlobs(repository, link)
    const read = async (file: RevisionFile) => {
      const oid = blobs.get(file)
      const blob = oid === undefined ? undefined : await repository.objects.read(oid)
      return blob === undefined ? undefined : new Uint8Array(blob.body)
    }
    const sealed = await read(options.file)
    if (sealed === undefined) break
    return { deviceId, commitSha: link.commit.oid, sealed, sealedMeta: await read('meta.json') }
  }
  throw notFound()
}

/** There is no guard to ask: holding the repository is the permission. */
function enter(tenantId: string): TenantScope {
  const guard = defineTenantGuard(() => ({ allowed: true }))
  return guard.enterAsSystem(guard.openSystemScope('recovery'), tenantId, 'read')
}
