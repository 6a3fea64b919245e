import type { ColumnTypes } from './column-types.js'

/**
 * Ids of devices belong to their tenant. While they were unique in the whole installation, a tenant that chose an id
 * could learn whether another one has it. For SQLite, which cannot change a primary key.
 */
export function rebuildDevices({ text, integer }: ColumnTypes): readonly string[] {
  return [
    `create table devices_of_tenants (
      tenant_id ${text} not null,
      device_id ${text} not null,
      name ${text} not null,
      host ${text} not null,
      port ${integer} not null,
      legacy_algorithms ${integer} not null,
      primary key (tenant_id, device_id)
    )`,
    `insert into devices_of_tenants
      select tenant_id, device_id, name, host, port, legacy_algorithms from devices`,
    'drop table devices',
    'alter table devices_of_tenants rename to devices',
  ]
}

/** The same for PostgreSQL, in place: policies and grants stay. */
export const changeDevicesKey: readonly string[] = [
  'alter table devices drop constraint devices_pkey, add primary key (tenant_id, device_id)',
  'drop index devices_by_tenant',
]
