import pg from 'pg'

/** Roles of one database. */
export interface PostgresRoles {
  /** What the server logs in as: neither owner of the tables nor able to pass by row-level security. */
  readonly appRole: string
  /** What dispatcher, recovery and reindex become inside a transaction: sees a few columns over all tenants. */
  readonly systemRole: string
}

/** Names that are used where none are given. */
export const defaultPostgresRoles: PostgresRoles = { appRole: 'tod_app', systemRole: 'tod_system' }

/** How to make the roles. */
export interface CreateRolesOptions extends Partial<PostgresRoles> {
  /** Connects as a role that may create roles. */
  readonly connectionString: string
  readonly appPassword: string
}

/**
 * Makes the roles that are missing and sets the application's password. Needed once for each server; an administrator
 * can do the same by hand (`docs/operations.md`).
 */
export async function createPostgresRoles(options: CreateRolesOptions): Promise<void> {
  const { appRole, systemRole } = { ...defaultPostgresRoles, ...options }
  const app = pg.escapeIdentifier(appRole)
  const system = pg.escapeIdentifier(systemRole)
  const client = new pg.Client({ connectionString: options.connectionString })
  await client.connect()
  try {
    await client.query(createRoleUnlessThere(appRole))
    await client.query(createRoleUnlessThere(systemRole))
    // Without inheritance the wider view is taken on purpose (`set role`), never by accident.
    await client.query(
      `alter role ${app} login nosuperuser nobypassrls nocreatedb nocreaterole noinherit
       password ${pg.escapeLiteral(options.appPassword)}`,
    )
    await client.query(`alter role ${system} nologin nosuperuser nobypassrls nocreatedb nocreaterole`)
    const { rows } = await client.query<{ readonly version: number }>(
      `select current_setting('server_version_num')::int as version`,
    )
    const withoutInheriting = (rows[0]?.version ?? 0) >= 160_000 ? ' with inherit false, set true' : ''
    await client.query(`grant ${system} to ${app}${withoutInheriting}`)
  } finally {
    await client.end()
  }
}

function createRoleUnlessThere(role: string): string {
  // Two that start at once: the second finds it, or fails in one of two ways and is done as well.
  return `do $do$ begin
    create role ${pg.escapeIdentifier(role)};
  exception when duplicate_object or unique_violation then null;
  end $do$`
}
