import type { ColumnName } from '../fault-columns.js'
import { type EndRule, from, unlaunched } from './end-rule.js'

const afterTheCommand: readonly ColumnName[] = ['kill after the command', 'reboot after the command']
const restarts: readonly ColumnName[] = ['kill', 'reboot', 'reboot-loop', 'forget-time', ...afterTheCommand]

/** Power cuts and reboots. */
export const ofRestarts: readonly EndRule[] = [
  {
    columns: restarts,
    steps: unlaunched,
    end: 'aborted',
    because: 'nothing was launched; a guard that fires loads the same configuration',
  },
  {
    columns: restarts,
    steps: from('launching', 'verifying'),
    end: 'reverted',
    because: 'the boot entry of the guard loads the old configuration',
  },
  {
    columns: afterTheCommand,
    steps: ['disarming'],
    end: 'failed',
    leaves: 'target',
    because: 'the guard was removed, and after a boot nobody can prove an unbroken one: a person decides',
  },
  {
    columns: restarts,
    steps: ['disarming'],
    end: 'reverted',
    because: 'the restart comes before the removal: the boot entry loads the old configuration',
  },
  {
    columns: ['kill in the import'],
    steps: from('locked', 'pushing'),
    end: 'reverted',
    because: 'part of the plan was applied; the boot entry loads the old configuration',
  },
  {
    columns: ['power cut 30 s later'],
    steps: from('locked', 'uploading'),
    end: 'aborted',
    because: 'the cut comes while the flash is waited for, 45 s from the guard backup: nothing is armed yet',
  },
  {
    columns: ['power cut 30 s later'],
    steps: from('arming', 'settling'),
    end: 'reverted',
    because: 'the cut comes in the settle window of 60 s: the boot entry loads the old configuration',
  },
]
