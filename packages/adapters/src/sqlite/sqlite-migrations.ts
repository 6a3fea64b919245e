import type { Migration } from 'kysely'
import { statements } from '../sql/migrate.js'
import { firstTables } from '../sql/migrations/0001-first-tables.js'
import { rebuildDevices } from '../sql/migrations/0002-device-ids-of-tenants.js'

const columnTypes = {
  text: 'text',
  bytes: 'blob',
  integer: 'integer',
  sequence: 'integer primary key autoincrement',
}

/** Migrations of SQLite files, in order of their names. */
export const sqliteMigrations: Readonly<Record<string, Migration>> = {
  '0001-first-tables': statements(firstTables(columnTypes)),
  '0002-device-ids-of-tenants': statements(rebuildDevices(columnTypes)),
}
