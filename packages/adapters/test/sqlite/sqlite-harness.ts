import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openSqlite } from '../../src/sqlite/index.js'
import type { SqlCase } from '../sql/sql-harness.js'

/** A new file in a new folder. */
export async function openSqliteCase(): Promise<SqlCase & { readonly file: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'tod-sqlite-'))
  const file = join(directory, 'tod.db')
  const database = await openSqlite({ file })
  let side: Database.Database | undefined
  return {
    file,
    database,
    async asOwner(statement, parameters = []) {
      side ??= new Database(file)
      const prepared = side.prepare(statement)
      if (prepared.reader) return prepared.all(...parameters) as Record<string, unknown>[]
      prepared.run(...parameters)
      return []
    },
    async close() {
      side?.close()
      await database.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
