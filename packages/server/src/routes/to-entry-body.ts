import type { BackupEntry } from '@tod/core'
import type { z } from 'zod'
import type { entryAnswer } from '../schemas/answers.js'

/** A backup entry in the wire's names. */
export const toEntryBody = (entry: BackupEntry): z.output<typeof entryAnswer> => ({
  id: entry.id,
  commit_sha: entry.commitSha,
  trigger_type: entry.trigger,
  lines_added: entry.linesAdded,
  lines_removed: entry.linesRemoved,
  encryption_tier: entry.encryptionTier,
  created_at: new Date(entry.createdAt).toISOString(),
  changed: entry.changed,
  export_sha256: entry.exportSha256,
  export_bytes: entry.exportBytes,
  binary_bytes: entry.binaryBytes,
  routeros_version: entry.routerosVersion,
  incomplete_menus: [...entry.incompleteMenus],
})
