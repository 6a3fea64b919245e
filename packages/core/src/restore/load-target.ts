import type { TenantScope } from '../access/tenant-scope.js'
import { readStoredExport } from '../backup/read-revision.js'
import { type ReadExport, readExport } from '../export/read-export.js'
import type { RevisionMeta, SecretsVariant } from '../model/revision.js'
import type { ServicePorts } from '../service-ports.js'

/** A stored revision read for comparing and planning. */
export interface StoredExport extends ReadExport {
  readonly commitSha: string
  /** Undefined when the revision was not written by us. */
  readonly meta: RevisionMeta | undefined
  readonly secrets: SecretsVariant | undefined
  readonly incompleteMenus: readonly string[] | undefined
}

/** Reads a revision. @throws REVISION_NOT_FOUND · BACKUP_NOT_DECRYPTABLE · BACKUP_INTEGRITY_FAILED · STORAGE_* */
export async function loadTarget(
  ports: Pick<ServicePorts, 'git' | 'secretBox'>,
  scope: TenantScope,
  place: { readonly deviceId: string; readonly commitSha: string },
): Promise<StoredExport> {
  const { bytes, meta } = await readStoredExport(ports, scope, place)
  return {
    ...readExport(bytes),
    commitSha: place.commitSha,
    meta,
    secrets: meta?.secrets,
    incompleteMenus: meta?.incompleteMenus,
  }
}
