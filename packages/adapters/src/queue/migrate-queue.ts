import pg from 'pg'
import PgBoss from 'pg-boss'
import { queueName } from './job-table.js'

/** Schema that pg-boss keeps its tables in. */
export const defaultQueueSchema = 'pgboss'

/** Where to make the queue, and for whom. */
export interface MigrateQueueOptions {
  /** Connects as the owner of the database. */
  readonly connectionString: string
  /** Default `pgboss`; lower-case letters, digits and `_`. */
  readonly schema?: string
  /** The role that servers work as; default `tod_app`. */
  readonly appRole?: string
}

/**
 * Makes or brings up to date the tables of pg-boss, and lets the application role use them but not change their shape.
 * Safe to run again, and by several processes at once.
 */
export async function migrateQueue(options: MigrateQueueOptions): Promise<void> {
  const schema = options.schema ?? defaultQueueSchema
  if (!/^[a-z_][a-z0-9_]*$/.test(schema))
    throw new TypeError('A schema has lower-case letters, digits and _.')
  const boss = new PgBoss({
    connectionString: options.connectionString,
    schema,
    max: 1,
    migrate: true,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => {})
  await boss.start()
  try {
    await boss.createQueue(queueName)
  } finally {
    await boss.stop({ graceful: false })
  }
  const app = pg.escapeIdentifier(options.appRole ?? 'tod_app')
  const client = new pg.Client({ connectionString: options.connectionString })
  await client.connect()
  try {
    // One transaction; of several processes at once one after the other, as PostgreSQL refuses simultaneous grants.
    await client.query(
      `select pg_advisory_xact_lock(hashtext('${schema} grants'));
       grant usage on schema ${schema} to ${app};
       grant select, insert, update, delete on all tables in schema ${schema} to ${app}`,
    )
  } finally {
    await client.end()
  }
}
