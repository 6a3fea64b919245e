import type { Migration } from 'kysely'
import { statements } from '../sql/migrate.js'
import { firstTables } from '../sql/migrations/0001-first-tables.js'
import { changeDevicesKey } from '../sql/migrations/0002-device-ids-of-tenants.js'
import type { PostgresRoles } from './postgres-roles.js'
import { rowSecurity } from './row-security.js'

const columnTypes = {
  text: 'text collate "C"',
  bytes: 'bytea',
  integer: 'bigint',
  sequence: 'bigint generated always as identity primary key',
}

/** Migrations of a PostgreSQL database, in order of their names. */
export function postgresMigrations(roles: PostgresRoles): Readonly<Record<string, Migration>> {
  return {
    '0001-first-tables': statements(firstTables(columnTypes)),
    '0002-row-security': statements(rowSecurity(roles)),
    '0003-device-ids-of-tenants': statements(changeDevicesKey),
  }
}
