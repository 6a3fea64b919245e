import { describeIsolation } from '../sql/describe-isolation.js'
import { openSqliteCase } from './sqlite-harness.js'

describeIsolation('SQLite', openSqliteCase)
