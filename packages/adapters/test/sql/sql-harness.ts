import type { OpenedDatabase } from '../../src/sqlite/index.js'

/** A database for one case: empty, and with a way past the repositories. */
export interface SqlCase {
  readonly database: OpenedDatabase
  /** Runs SQL as the owner of the tables; parameters are written `?`. */
  asOwner(
    statement: string,
    parameters?: readonly (string | number)[],
  ): Promise<readonly Record<string, unknown>[]>
  close(): Promise<void>
}

/** Makes databases of one kind for the cases of a test file. */
export type OpenSqlCase = () => Promise<SqlCase>
