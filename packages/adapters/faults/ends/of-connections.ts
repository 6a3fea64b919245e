import type { ColumnName } from '../fault-columns.js'
import { type EndRule, from, unlaunched } from './end-rule.js'

const beforeTheCommand: readonly ColumnName[] = ['drop', 'stall', 'half-open']
const afterTheCommand: readonly ColumnName[] = [
  'drop after the command',
  'stall after the command',
  'half-open after the command',
]
const broken = [...beforeTheCommand, ...afterTheCommand]

/** Connections that break, are refused, or lead to somebody else. */
export const ofConnections: readonly EndRule[] = [
  {
    columns: broken,
    steps: unlaunched,
    end: 'aborted',
    because: 'a connection lost before the launch ends the operation; a new one takes everything off again',
  },
  {
    columns: beforeTheCommand,
    steps: ['launching'],
    end: 'failed',
    leaves: 'old',
    because: 'the launch did not arrive: no outcome, no job, the old export; the guard goes without a reboot',
  },
  {
    columns: afterTheCommand,
    steps: ['launching'],
    end: 'committed',
    because: 'the launch arrived and only its answer was lost: the outcome file and the export tell',
  },
  {
    columns: broken,
    steps: from('pushing', 'disarming'),
    end: 'committed',
    because: 'the plan runs apart from the connection; another one is opened while the guard has time',
  },
  {
    columns: ['drop in a transfer'],
    steps: from('locked', 'uploading'),
    end: 'aborted',
    because: 'a file did not arrive: nothing is launched without plan and guard backup',
  },
  {
    columns: ['refuse-connection', 'refuse-login', 'change-host-key', 'locked out for 20 min'],
    steps: ['locked'],
    end: 'aborted',
    because: 'the first connection is tried once',
  },
  {
    columns: ['locked out for 20 min'],
    steps: from('backed-up', 'verifying'),
    end: 'reverted',
    because: 'the old connection is no proof: nobody new is let in, so the guard fires',
  },
  {
    columns: ['change-host-key'],
    steps: from('backed-up', 'verifying'),
    end: 'reverted',
    because:
      'nobody is believed to be the router under another key: the guard fires, and a person accepts the key',
  },
  {
    columns: ['refuse-connection', 'refuse-login'],
    steps: from('backed-up', 'disarming'),
    end: 'committed',
    because: 'a connection is open until the launch, and the one for the verification is tried again',
  },
]
