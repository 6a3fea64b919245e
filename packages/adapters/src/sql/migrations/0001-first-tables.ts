import type { ColumnTypes } from './column-types.js'

/** Statements that make the tables, for either database. */
export function firstTables({ text, bytes, integer, sequence }: ColumnTypes): readonly string[] {
  return [
    `create table tenants (
      tenant_id ${text} not null primary key,
      name ${text},
      created_at ${integer} not null
    )`,
    `create table tenant_settings (
      tenant_id ${text} not null primary key,
      settings ${text} not null
    )`,
    `create table devices (
      device_id ${text} not null primary key,
      tenant_id ${text} not null,
      name ${text} not null,
      host ${text} not null,
      port ${integer} not null,
      legacy_algorithms ${integer} not null
    )`,
    'create index devices_by_tenant on devices (tenant_id, device_id)',
    `create table credentials (
      tenant_id ${text} not null,
      device_id ${text} not null,
      sealed ${bytes} not null,
      primary key (tenant_id, device_id)
    )`,
    `create table host_keys (
      tenant_id ${text} not null,
      device_id ${text} not null,
      algorithm ${text} not null,
      fingerprint ${text} not null,
      pinned_at ${integer} not null,
      pinned_by ${text} not null,
      primary key (tenant_id, device_id)
    )`,
    `create table backup_runs (
      seq ${sequence},
      id ${text} not null,
      tenant_id ${text} not null,
      device_id ${text} not null,
      commit_sha ${text} not null,
      trigger_type ${text} not null,
      lines_added ${integer} not null,
      lines_removed ${integer} not null,
      encryption_tier ${integer},
      created_at ${integer} not null,
      changed ${integer} not null,
      export_bytes ${integer} not null,
      binary_bytes ${integer},
      routeros_version ${text} not null,
      incomplete_menus ${text} not null,
      holds_guard ${integer} not null,
      sealed_export_sha256 ${bytes} not null,
      pinned ${integer} not null,
      unique (tenant_id, device_id, commit_sha)
    )`,
    'create index backup_runs_newest on backup_runs (tenant_id, device_id, created_at desc, seq desc)',
    `create table failed_runs (
      seq ${sequence},
      id ${text} not null,
      tenant_id ${text} not null,
      device_id ${text} not null,
      trigger_type ${text} not null,
      error_code ${text} not null,
      started_at ${integer} not null,
      failed_at ${integer} not null
    )`,
    'create index failed_runs_of_tenant on failed_runs (tenant_id, failed_at desc, seq desc)',
    'create index failed_runs_of_device on failed_runs (tenant_id, device_id, failed_at desc, seq desc)',
    `create table schedules (
      tenant_id ${text} not null,
      device_key ${text} not null,
      id ${text} not null,
      cron_expression ${text} not null,
      enabled ${integer} not null,
      primary key (tenant_id, device_key)
    )`,
    `create table device_due (
      tenant_id ${text} not null,
      device_id ${text} not null,
      due_at ${integer},
      claimed_until ${integer},
      primary key (tenant_id, device_id)
    )`,
    'create index device_due_by_time on device_due (due_at)',
    `create table device_locks (
      tenant_id ${text} not null,
      device_id ${text} not null,
      holder ${text},
      purpose ${text} not null,
      fencing_token ${integer} not null,
      expires_at ${integer} not null,
      primary key (tenant_id, device_id)
    )`,
    `create table push_operations (
      tenant_id ${text} not null,
      operation_id ${text} not null,
      device_id ${text} not null,
      record ${text} not null,
      state ${text} not null,
      open ${integer} not null,
      steps ${integer} not null,
      fencing_token ${integer} not null,
      created_at ${integer} not null,
      updated_at ${integer} not null,
      error_code ${text},
      primary key (tenant_id, operation_id)
    )`,
    'create index push_operations_of_device on push_operations (tenant_id, device_id, created_at desc)',
    'create index push_operations_open on push_operations (updated_at) where open = 1',
    `create table push_timeline (
      tenant_id ${text} not null,
      operation_id ${text} not null,
      step ${integer} not null,
      entry ${text} not null,
      primary key (tenant_id, operation_id, step)
    )`,
    `create table wrapped_keys (
      tenant_id ${text} not null,
      device_key ${text} not null,
      version ${integer} not null,
      wrapped_by ${text} not null,
      wrapped ${bytes} not null,
      created_at ${integer} not null,
      primary key (tenant_id, device_key, version)
    )`,
    `create table audit_log (
      seq ${sequence},
      tenant_id ${text} not null,
      principal_id ${text} not null,
      action ${text} not null,
      device_id ${text},
      at ${integer} not null,
      facts ${text} not null
    )`,
    'create index audit_log_of_tenant on audit_log (tenant_id, at desc, seq desc)',
    'create index audit_log_of_device on audit_log (tenant_id, device_id, at desc, seq desc)',
    `create table api_keys (
      id ${text} not null primary key,
      tenant_id ${text} not null,
      name ${text} not null,
      key_hash ${text} not null unique,
      scopes ${text} not null,
      created_by ${text} not null,
      created_at ${integer} not null,
      expires_at ${integer},
      revoked_at ${integer}
    )`,
    'create index api_keys_of_tenant on api_keys (tenant_id, created_at desc)',
    `create table idempotency_keys (
      tenant_id ${text} not null,
      principal_id ${text} not null,
      idempotency_key ${text} not null,
      request_digest ${text} not null,
      answer ${text},
      expires_at ${integer} not null,
      primary key (tenant_id, principal_id, idempotency_key)
    )`,
  ]
}
