/**
 * A process of its own that writes to a database until it is killed: takes the lock of a device, adds a backup row,
 * and says each row on its standard output once it is acknowledged. Bundled and started by `start-writer.ts`.
 */
import { defineTenantGuard } from '@tod/core'
import { openPostgres } from '../../src/postgres/index.js'
import { openSqlite } from '../../src/sqlite/index.js'

interface WriterTask {
  readonly sqliteFile?: string
  readonly postgres?: {
    readonly connectionString: string
    readonly appRole: string
    readonly systemRole: string
  }
  readonly writer: number
  readonly tenantId: string
  readonly deviceId: string
  /** Rows to write; 0 = until killed. */
  readonly rows: number
}

const task = JSON.parse(process.argv[2] ?? '') as WriterTask
const guard = defineTenantGuard(() => ({ allowed: true }))
const scope = guard.enterAsSystem(guard.openSystemScope('maintenance'), task.tenantId)
const database =
  task.sqliteFile === undefined
    ? await openPostgres(task.postgres ?? { connectionString: '' })
    : await openSqlite({ file: task.sqliteFile })

for (let number = 1; task.rows === 0 || number <= task.rows; ) {
  const holder = `writer ${task.writer}`
  const lease = await database.locks.acquire(scope, task.deviceId, {
    holder,
    purpose: 'backup',
    leaseMs: 5000,
  })
  if (lease === undefined) continue
  const commitSha = `${task.writer.toString(16).padStart(8, '0')}${number.toString(16).padStart(32, '0')}`
  await database.runs.insert(scope, {
    id: commitSha,
    tenantId: task.tenantId,
    deviceId: task.deviceId,
    commitSha,
    trigger: 'scheduled',
    linesAdded: 0,
    linesRemoved: 0,
    encryptionTier: 1,
    createdAt: lease.fencingToken,
    changed: false,
    exportBytes: 0,
    binaryBytes: null,
    routerosVersion: '7.16.1',
    incompleteMenus: [],
    holdsGuard: false,
    sealedExportSha256: new Uint8Array(32),
    pinned: false,
  })
  await database.locks.release(scope, lease)
  process.stdout.write(`${commitSha} ${lease.fencingToken}\n`)
  number++
}
await database.close()
