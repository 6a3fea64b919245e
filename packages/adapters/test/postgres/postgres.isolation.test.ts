import { samplePushRecord, testIds, testScope } from '@tod/core/testing'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../src/postgres/index.js'
import { tenantTables } from '../../src/postgres/row-security.js'
import { describeIsolation } from '../sql/describe-isolation.js'
import { connectClient, postgres, usePostgres } from './postgres-harness.js'

const { openCase, harness } = usePostgres()
const tenantA = testIds.tenantA

if ('unavailable' in postgres) {
  const { unavailable } = postgres
  describe('PostgreSQL isolation', () => {
    it.skip(`holds (${unavailable})`, () => {})
  })
} else {
  describeIsolation('PostgreSQL', openCase)
  describe('PostgreSQL: raw SQL as the application role', describeRawSql)
  describe('PostgreSQL: roles that are refused', describeRefusedRoles)
}

function describeRawSql(): void {
  let app: pg.Client
  let owner: pg.Client

  beforeAll(async () => {
    const { database } = await openCase()
    for (const scope of [testScope(tenantA), testScope(testIds.tenantB)]) {
      const deviceId = scope.tenantId === tenantA ? testIds.device1 : testIds.device2
      await database.devices.put(scope, { deviceId, name: 'n', host: 'h', port: 22 })
      await database.settings.put(scope, { secrets: 'omit' })
      await database.schedules.setDue(scope, deviceId, 1)
      await database.audit.append(scope, { action: 'keys.rotate', deviceId: null, at: 1, facts: {} })
      await database.journal.open(
        scope,
        samplePushRecord({ deviceId }),
        { state: 'locked', at: 1, message: 'm' },
        1,
      )
    }
    app = await connectClient(harness().appUrl)
    owner = await connectClient(harness().ownerUrl)
  })
  afterAll(async () => {
    await app.end()
    await owner.end()
  })

  async function count(client: pg.Client, table: string): Promise<number> {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`)
    return Number(rows[0]?.count)
  }

  it('covers every table of the schema', async () => {
    const { rows } = await owner.query<{ name: string; force: boolean; tenant: boolean }>(`
      select relname as name, relrowsecurity and relforcerowsecurity as force,
        exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id' and attnotnull) as tenant
      from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
        and relname not in ('tod_migrations', 'tod_migrations_lock')`)

    expect(rows.map((row) => row.name).sort()).toEqual([...tenantTables].sort())
    expect(rows.filter((row) => !row.force || !row.tenant)).toEqual([])
  })

  it.each(tenantTables)('sees nothing of %s without a tenant', async (table) => {
    expect(await count(app, table)).toBe(0)
  })

  it('sees nothing over a connection that a tenant has used before', async () => {
    await app.query(`begin; select set_config('app.tenant', '${tenantA}', true)`)
    expect(await count(app, 'devices')).toBe(1)
    await app.query('commit')

    for (const table of tenantTables) expect(await count(app, table), table).toBe(0)
  })

  it('sees nothing over a connection whose transaction was undone', async () => {
    await app.query(`begin; select set_config('app.tenant', '${tenantA}', true)`)
    await app.query('rollback')

    expect(await count(app, 'devices')).toBe(0)
  })

  it('sees, changes and removes nothing of another tenant inside a transaction', async () => {
    await app.query(`begin; select set_config('app.tenant', '${tenantA}', true)`)
    const { rows } = await app.query('select distinct tenant_id from devices')
    const updated = await app.query(`update devices set name = 'taken' where tenant_id <> '${tenantA}'`)
    const removed = await app.query(`delete from devices where device_id = '${testIds.device2}'`)
    await app.query('rollback')

    expect(rows).toEqual([{ tenant_id: tenantA }])
    expect([updated.rowCount, removed.rowCount]).toEqual([0, 0])
  })

  it('cannot write a row for another tenant, or give one of its own away', async () => {
    for (const statement of [
      `insert into tenant_settings values ('${testIds.device3}', '{}')`,
      `update tenant_settings set tenant_id = '${testIds.device3}'`,
    ]) {
      await app.query(`begin; select set_config('app.tenant', '${tenantA}', true)`)
      await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' })
      await app.query('rollback')
    }
  })

  it.each([
    'alter table devices disable row level security',
    'drop policy of_tenant on devices',
    'create policy mine on devices using (true)',
    'truncate devices',
    "update audit_log set action = 'nothing'",
    'delete from audit_log',
    'delete from push_timeline',
    'delete from device_locks',
    'set role postgres',
    'set row_security = off; select * from devices',
    "copy devices to program 'true'",
  ])('cannot %s', async (statement) => {
    await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' })
  })

  it('becomes the system role only on purpose, and then sees the columns named for it', async () => {
    const { rows } = await owner.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns
       where table_schema = 'public' order by 1, ordinal_position`,
    )
    const readable: Record<string, string[]> = {}
    for (const { table, column } of rows) {
      await app.query(`begin read only; set local role ${harness().roles.systemRole}`)
      const isReadable = await app.query(`select ${column} from ${table}`).then(
        () => true,
        () => false,
      )
      await app.query('rollback')
      if (isReadable) readable[table] = [...(readable[table] ?? []), column]
    }

    expect(readable).toEqual({
      tenants: ['tenant_id', 'name', 'created_at'],
      device_due: ['tenant_id', 'device_id', 'due_at', 'claimed_until'],
      push_operations: ['tenant_id', 'operation_id', 'device_id', 'state', 'open', 'updated_at'],
      api_keys: [
        'id',
        'tenant_id',
        'name',
        'key_hash',
        'scopes',
        'created_by',
        'created_at',
        'expires_at',
        'revoked_at',
      ],
    })
  })

  it('lets the system role change claims and nothing else', async () => {
    const asSystem = async (statement: string) => {
      await app.query(`begin; set local role ${harness().roles.systemRole}`)
      try {
        return (await app.query(statement)).rowCount
      } finally {
        await app.query('rollback')
      }
    }

    expect(await asSystem('update device_due set claimed_until = 1')).toBe(2)
    for (const table of tenantTables) {
      await expect(asSystem(`update ${table} set tenant_id = 'x'`), table).rejects.toMatchObject({
        code: '42501',
      })
      await expect(asSystem(`delete from ${table}`), table).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('binds the owner of the tables too', async () => {
    const role = `owner_${harness().database}`
    await owner.query(`begin; create role ${role}; grant all on schema public to ${role};
      alter table devices owner to ${role}; set local role ${role}`)
    const seen = await count(owner, 'devices')
    await owner.query('rollback')

    expect(seen).toBe(0)
  })

  it('does not take a tenant id for SQL', async () => {
    const { database } = await openCase()
    const hostile = testScope(`x', true); set role postgres; select set_config('app.tenant', '${tenantA}`)
    await database.devices.put(testScope(tenantA), { deviceId: 'd', name: 'n', host: 'h', port: 22 })

    expect(await database.devices.list(hostile)).toEqual([])
    await database.settings.put(hostile, { secrets: 'omit' })
    expect(await database.settings.find(hostile)).toEqual({ secrets: 'omit' })
    expect(await database.settings.find(testScope(tenantA))).toEqual({})
  })
}

function describeRefusedRoles(): void {
  it('refuses a superuser', async () => {
    await expect(openPostgres({ connectionString: harness().ownerUrl })).rejects.toMatchObject({
      name: 'UnsafeDatabaseRoleError',
    })
  })

  it.each([
    ['a role that may bypass row-level security', 'bypassrls', ''],
    ['a role that can become the owner', '', 'grant'],
  ])('refuses %s', async (_who, attributes, membership) => {
    const { database, ownerUrl, roles } = harness()
    const role = `unsafe_${attributes}_${database}`
    const owner = await connectClient(ownerUrl)
    await owner.query(`create role ${role} login password 'pw' ${attributes}`)
    if (membership !== '') await owner.query(`grant ${new URL(ownerUrl).username} to ${role}`)
    await owner.query(`grant select on tod_migrations to ${role}`)
    const url = new URL(ownerUrl)
    url.username = role
    url.password = 'pw'
    try {
      await expect(openPostgres({ connectionString: url.toString(), ...roles })).rejects.toMatchObject({
        name: 'UnsafeDatabaseRoleError',
      })
    } finally {
      await owner.query(`drop owned by ${role}; drop role ${role}`)
      await owner.end()
    }
  })

  it('refuses tables that are not under row-level security', async () => {
    const { ownerUrl, appUrl, roles } = harness()
    const owner = await connectClient(ownerUrl)
    await owner.query('alter table devices no force row level security')
    try {
      await expect(openPostgres({ connectionString: appUrl, ...roles })).rejects.toThrow(/row-level security/)
    } finally {
      await owner.query('alter table devices force row level security')
      await owner.end()
    }
  })
}
