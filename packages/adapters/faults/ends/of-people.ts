import { type EndRule, from } from './end-rule.js'

/** Somebody else at work on the router, and a router that does not do what it says. */
export const ofPeople: readonly EndRule[] = [
  {
    columns: ['guard removed by somebody'],
    steps: from('armed', 'pushing'),
    end: 'failed',
    leaves: 'old',
    because: 'the plan stops at its first line: it does not run without its guard',
  },
  {
    columns: ['guard removed by somebody'],
    steps: ['settling', 'verifying'],
    end: 'failed',
    leaves: 'target',
    because: 'a guard that is gone and was not disarmed is no commit: a person decides',
  },
  {
    columns: ['edited by somebody'],
    steps: ['locked'],
    only: ({ strategy }) => strategy === 'import',
    end: 'reverted',
    because: 'an import takes nothing away: the edit is left as a difference, and `onResidual: revert`',
  },
  {
    columns: ['edited by somebody'],
    steps: from('backed-up', 'armed'),
    end: 'aborted',
    because: 'the router is not what the plan was made from any more',
  },
  {
    columns: ['edited by somebody'],
    steps: from('launching', 'verifying'),
    end: 'reverted',
    because: 'a difference is left, and `onResidual: revert` was asked for',
  },
  {
    columns: ['edited by somebody'],
    steps: ['disarming'],
    end: 'failed',
    leaves: 'target',
    because: 'what was verified is not there any more, and the guard is gone: a person decides',
  },
  {
    columns: ['guard removed by somebody'],
    steps: ['disarming'],
    end: 'committed',
    because: 'it was verified, and no guard is left that could fire',
  },
  {
    columns: ['edited by somebody'],
    steps: ['locked'],
    end: 'committed',
    because: 'the edit is in what is planned from, and reconcile takes it away',
  },
  {
    columns: ['removal without effect'],
    steps: from('locked', 'disarming'),
    end: 'committed',
    because:
      'the entries were stopped, and are still listed: it stays open until another process sees them gone',
  },
]
