import type { TenantScope } from '../access/tenant-scope.js'
import type { RevisionFile, RevisionTrailers } from '../model/revision.js'

/** Content of one file of a revision: sealed bytes, or the very bytes that an earlier revision of the device has. */
export type RecordedContent = Uint8Array | { readonly keepFrom: string }

/** A revision to be written. */
export interface NewRevision {
  readonly deviceId: string
  readonly files: Readonly<Partial<Record<RevisionFile, RecordedContent>>>
  /** First line of the commit message. */
  readonly subject: string
  readonly trailers: RevisionTrailers
  /** UTC, ms since 1970; whole seconds are kept. */
  readonly createdAt: number
  /** Newest revision of the device as the caller saw it; null for the first. */
  readonly expectedParent: string | null
}

/** A revision as git alone knows it. */
export interface StoredRevision {
  readonly deviceId: string
  readonly commitSha: string
  readonly parentSha: string | null
  /** UTC, ms since 1970. */
  readonly createdAt: number
  readonly subject: string
  /** Null when the commit was not written by us. */
  readonly trailers: RevisionTrailers | null
  /** Files it holds, with their stored size in bytes. */
  readonly files: Readonly<Partial<Record<RevisionFile, number>>>
}

/**
 * Keeps revisions of devices: one chain per device, bytes as given, never changed. It knows nothing of what they mean.
 * Writing is atomic and durable when `record` resolves: a crash at any moment leaves either the whole revision or none.
 */
export interface GitStore {
  /**
   * Writes a revision as the newest of its device.
   *
   * @throws STORAGE_CONFLICT when `expectedParent` is not the newest any more; nothing is then listed
   * @throws REVISION_NOT_FOUND when `keepFrom` names a revision or file that is not there
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_FULL · STORAGE_CORRUPT
   */
  record(
    scope: TenantScope,
    revision: NewRevision,
    options?: { readonly signal?: AbortSignal },
  ): Promise<{ readonly commitSha: string; readonly parentSha: string | null }>
  /**
   * Bytes of one file of a revision of this device.
   *
   * @throws REVISION_NOT_FOUND also when the sha is another device's, or the revision has no such file
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_CORRUPT
   */
  read(
    scope: TenantScope,
    where: { readonly deviceId: string; readonly commitSha: string; readonly file: RevisionFile },
    options?: { readonly signal?: AbortSignal },
  ): Promise<Uint8Array>
  /** The newest revision of the device, or undefined. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_CORRUPT */
  head(scope: TenantScope, deviceId: string): Promise<StoredRevision | undefined>
  /**
   * Revisions of the device, newest first, at most `limit` (default 100), older than the revision `before`. Revisions
   * that retention kept behind dropped ones are in it.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_CORRUPT when damage hides some of the page: a page is never
   * shorter without a reason. What is before it can be had with a smaller `limit`
   */
  history(
    scope: TenantScope,
    page: { readonly deviceId: string; readonly limit?: number; readonly before?: string },
  ): Promise<readonly StoredRevision[]>
  /**
   * The full sha of the one revision of this device that begins with `prefix` (4-40 hex digits, any case).
   *
   * @throws REVISION_NOT_FOUND none or several
   */
  resolve(scope: TenantScope, where: { readonly deviceId: string; readonly prefix: string }): Promise<string>
  /** Ids of devices that have revisions, ascending. For reindex. */
  listDevices(scope: TenantScope): Promise<readonly string[]>
}
