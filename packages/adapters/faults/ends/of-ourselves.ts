import type { ColumnName } from '../fault-columns.js'
import { type EndRule, from, unlaunched } from './end-rule.js'

const databaseAway: readonly ColumnName[] = ['database away, 20 s', 'database away, 30 min']
const another: readonly ColumnName[] = ['lease taken over', 'process killed']

/** What happens to our own processes, their database and their lease. */
export const ofOurselves: readonly EndRule[] = [
  {
    columns: ['database away, 20 s'],
    steps: ['uploading'],
    end: 'committed',
    because: 'the flash is waited for until the next entry is due, and the database is back before',
  },
  {
    columns: databaseAway,
    steps: unlaunched,
    end: 'aborted',
    because: 'who cannot write the journal does nothing more; recovery takes everything off',
  },
  {
    columns: ['database away, 20 s'],
    steps: ['launching'],
    end: 'failed',
    leaves: 'old',
    because: 'the lease could not be confirmed, so nothing was launched',
  },
  {
    columns: ['database away, 30 min'],
    steps: from('launching', 'disarming'),
    end: 'reverted',
    because: 'nobody may decide, so the guard does',
  },
  {
    columns: another,
    steps: unlaunched,
    end: 'aborted',
    because: 'recovery takes everything off; a launch that comes late finds no guard',
  },
  {
    columns: another,
    steps: ['launching'],
    end: 'failed',
    leaves: 'old',
    because: 'recovery finds a guard, the old configuration and no word of the import',
  },
  {
    columns: ['late launch'],
    steps: from('locked', 'launching'),
    end: 'failed',
    leaves: 'old',
    because: 'recovery has taken the guard off, and the plan stops at its first line',
  },
  {
    columns: ['database away, 20 s'],
    steps: from('pushing', 'disarming'),
    end: 'committed',
    because: 'the lease outlives a short absence, or recovery goes on in time',
  },
  {
    columns: another,
    steps: from('pushing', 'disarming'),
    end: 'committed',
    because: 'recovery settles, verifies and disarms',
  },
]
