import type { TenantScope } from '../access/tenant-scope.js'
import { readMeta } from '../backup/read-revision.js'
import { rowOf } from '../backup/record-revision.js'
import { CoreError, hasErrorCode } from '../errors/core-error.js'
import type { GitStore, StoredRevision } from '../ports/git-store.js'
import type { ServicePorts } from '../service-ports.js'

const pageSize = 200

/** What making rows again needs. */
export type RowPorts = Pick<ServicePorts, 'git' | 'runs' | 'secretBox'>

/** What a walk over the revisions of one device found and did. */
export interface RowWalk {
  /** Shas of the revisions that were looked at. */
  readonly seen: ReadonlySet<string>
  readonly addedRows: number
  /** Shas of revisions whose sealed facts do not open, or that another system wrote. */
  readonly unreadable: readonly string[]
  /** What is behind damage in git was not seen. */
  readonly isDamaged: boolean
}

/**
 * Makes the rows again that revisions of a device lack: a crash, or a database that did not answer, came between commit
 * and row. Walks back from the newest revision.
 *
 * @param options `toFirstRow` stops at the first revision that has its row. Below it there is no gap, since no backup
 * builds on a revision that lacks its row.
 * @throws STORAGE_* · KEY_SERVICE_UNAVAILABLE
 */
export async function addMissingRows(
  ports: RowPorts,
  scope: TenantScope,
  deviceId: string,
  options: { readonly toFirstRow: boolean },
): Promise<RowWalk> {
  const seen = new Set<string>()
  const missing: StoredRevision[] = []
  let before: string | undefined
  let limit = pageSize
  let isDamaged = false
  walk: for (;;) {
    const page = await pageOf(ports, scope, { deviceId, limit, ...(before ? { before } : {}) })
    if (page === 'damaged') {
      isDamaged = limit === 1
      if (isDamaged) break
      // One by one, up to the damage.
      limit = 1
      continue
    }
    for (const revision of page) {
      seen.add(revision.commitSha)
      if ((await ports.runs.find(scope, deviceId, revision.commitSha)) === undefined) missing.push(revision)
      else if (options.toFirstRow) break walk
    }
    before = page.at(-1)?.commitSha
    if (page.length < limit) break
  }
  const unreadable: string[] = []
  // Oldest first, so that rows of one moment keep their order, and a crash leaves no gap below a row.
  for (const revision of missing.reverse()) {
    if (!(await addRow(ports, scope, revision))) unreadable.push(revision.commitSha)
  }
  return { seen, addedRows: missing.length - unreadable.length, unreadable, isDamaged }
}

async function pageOf(
  { git }: RowPorts,
  scope: TenantScope,
  page: Parameters<GitStore['history']>[1],
): Promise<readonly StoredRevision[] | 'damaged'> {
  try {
    return await git.history(scope, page)
  } catch (error) {
    if (hasErrorCode(error, 'STORAGE_CORRUPT')) return 'damaged'
    throw error
  }
}

async function addRow(ports: RowPorts, scope: TenantScope, revision: StoredRevision): Promise<boolean> {
  const { deviceId, commitSha, trailers } = revision
  try {
    const meta = await readMeta(ports, scope, { deviceId, commitSha })
    if (meta === undefined || trailers === null) return false
    const sha256 = Uint8Array.from(meta.export.sha256.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    const sealed = await ports.secretBox.seal(scope, { deviceId, file: 'row' }, sha256)
    const place = { tenantId: scope.tenantId, deviceId, commitSha }
    await ports.runs.insert(scope, rowOf(meta, place, trailers.tier, sealed.bytes))
    return true
  } catch (error) {
    const isLost =
      error instanceof CoreError && /^(BACKUP_|REVISION_NOT_FOUND|STORAGE_CORRUPT)/.test(error.code)
    if (isLost) return false
    throw error
  }
}
