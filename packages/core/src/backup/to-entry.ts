import type { TenantScope } from '../access/tenant-scope.js'
import { toHex } from '../digest/sha256.js'
import type { BackupEntry, BackupRow } from '../model/backup-entry.js'
import type { SecretBox } from '../ports/secret-box.js'

/** A row as a client sees it. The digest is null when the key does not open it: the list stays readable without keys. */
export async function toEntry(
  ports: { readonly secretBox: SecretBox },
  scope: TenantScope,
  row: BackupRow,
): Promise<BackupEntry> {
  const { sealedExportSha256, tenantId: _tenantId, ...entry } = row
  const opened = await ports.secretBox
    .open(scope, { deviceId: row.deviceId, file: 'row' }, sealedExportSha256)
    .catch(() => undefined)
  return { ...entry, exportSha256: opened === undefined ? null : toHex(opened) }
}
