import { describeRepositories } from '../sql/describe-repositories.js'
import { openSqliteCase } from './sqlite-harness.js'

describeRepositories('SQLite', openSqliteCase)
