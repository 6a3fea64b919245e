import { type Cell, isOnTheWayBack, type Step, steps } from './cell.js'
import type { ColumnName } from './fault-columns.js'

/** How an operation may end once recovery is through; `none`: it was refused before it was opened. */
export type End = 'committed' | 'reverted' | 'failed' | 'aborted'

/** What a group of cells has to come to. The first rule that matches a cell holds. */
export interface EndRule {
  readonly columns: readonly ColumnName[]
  readonly steps: readonly Step[]
  readonly only?: (cell: Cell) => boolean
  readonly ends: readonly End[]
  /** What the router has to have then, where the end alone does not say it. */
  readonly leaves?: 'old' | 'target'
  /** A person has to accept something before recovery can go on. */
  readonly needsPerson?: true
  readonly because: string
}

const from = (first: Step, last: Step): readonly Step[] =>
  steps.slice(steps.indexOf(first), steps.indexOf(last) + 1)
const all = from('locked', 'reverted')
const unlaunched = from('locked', 'armed')
const over: readonly Step[] = ['committed', 'reverted']

const broken: readonly ColumnName[] = [
  'drop',
  'drop after the command',
  'stall',
  'stall after the command',
  'half-open',
  'half-open after the command',
]
const restarts: readonly ColumnName[] = [
  'kill',
  'kill after the command',
  'reboot',
  'reboot after the command',
  'reboot-loop',
  'forget-time',
]
const cutExports: readonly ColumnName[] = ['truncate-export', 'interrupt-export', 'fail-export-menu']
const forward: readonly ColumnName[] = ['clock-jump forward', 'time-zone-step east']
const back: readonly ColumnName[] = ['clock-jump back', 'time-zone-step west']
const databaseAway: readonly ColumnName[] = ['database away, 20 s', 'database away, 30 min']

/** Written down before the matrix runs; each with its reason. */
export const endRules: readonly EndRule[] = [
  {
    columns: ['clock-jump while arming'],
    steps: from('locked', 'arming'),
    ends: ['aborted'],
    because: 'the guard is not due when it should be: it does not count as armed',
  },
  {
    columns: ['locked out for 20 min'],
    steps: ['locked'],
    ends: ['aborted'],
    because: 'the first connection is tried once',
  },
  {
    columns: ['locked out for 20 min'],
    steps: from('backed-up', 'verifying'),
    ends: ['reverted'],
    because: 'the old connection is no proof: nobody new is let in, so the guard fires',
  },
  {
    columns: ['power cut 30 s later'],
    steps: from('locked', 'armed'),
    ends: ['aborted', 'reverted'],
    because: 'wherever the push is after 30 s, the guard loads the old configuration if it was armed',
  },
  {
    columns: ['power cut 30 s later'],
    steps: from('launching', 'settling'),
    ends: ['reverted'],
    because: 'the settle window is not over: the boot entry loads the old configuration',
  },
  {
    columns: ['power cut 30 s later'],
    steps: ['verifying', 'disarming', 'committed'],
    ends: ['committed', 'failed', 'reverted'],
    because: 'the operation is over by then, or a boot forbids to commit',
  },
  {
    columns: ['removal without effect'],
    steps: from('locked', 'disarming'),
    ends: ['committed', 'reverted'],
    because:
      'entries that are listed are no disarmed guard: it stays open until they are seen to be gone, or have fired',
  },
  {
    columns: ['late launch'],
    steps: from('locked', 'launching'),
    ends: ['failed', 'aborted'],
    because: 'recovery has taken the guard off, and the plan stops at its first line',
  },
  {
    columns: ['guard removed by somebody'],
    steps: ['armed', 'launching'],
    ends: ['failed'],
    leaves: 'old',
    because: 'the plan stops at its first line: it does not run without its guard',
  },
  {
    columns: ['guard removed by somebody'],
    steps: from('pushing', 'verifying'),
    ends: ['failed'],
    because: 'a guard that is gone and was not disarmed is no commit: a person decides',
  },
  {
    columns: ['guard removed by somebody'],
    steps: ['disarming'],
    ends: ['committed', 'failed'],
    because: 'it was verified, and no guard is left that could fire',
  },
  {
    columns: ['edited by somebody'],
    steps: ['locked'],
    ends: ['committed', 'reverted'],
    because: 'the edit is in what is planned from: reconcile takes it away, import leaves it as a difference',
  },
  {
    columns: ['edited by somebody'],
    steps: from('backed-up', 'armed'),
    ends: ['aborted'],
    because: 'the router is not what the plan was made from any more',
  },
  {
    columns: ['edited by somebody'],
    steps: from('launching', 'verifying'),
    ends: ['reverted'],
    because: 'a difference is left, and `onResidual: revert` was asked for',
  },
  {
    columns: ['edited by somebody'],
    steps: ['disarming'],
    ends: ['reverted', 'failed'],
    because: 'what was verified is not there any more: it is not committed',
  },
  {
    columns: [...databaseAway, 'lease taken over', 'process killed', ...broken, ...restarts, ...cutExports],
    steps: ['committed'],
    ends: ['committed'],
    because: 'the operation is over: only files were left to remove',
  },
  {
    columns: [...databaseAway, 'lease taken over', 'process killed', ...broken, ...restarts, ...cutExports],
    steps: ['reverted'],
    ends: ['reverted'],
    because: 'the operation is over: only files were left to remove',
  },
  {
    columns: broken,
    steps: unlaunched,
    ends: ['aborted'],
    because: 'a connection lost before the launch ends the operation; a new one takes everything off again',
  },
  {
    columns: broken,
    steps: ['launching'],
    ends: ['committed', 'failed'],
    because: 'the plan was started or was not: outcome file and export tell which',
  },
  {
    columns: broken,
    steps: from('pushing', 'disarming'),
    ends: ['committed'],
    because: 'the plan runs apart from the connection, and another one is opened',
  },
  {
    columns: broken,
    steps: ['reverting'],
    ends: ['reverted'],
    because: 'the load is asked for again, or the guard does it',
  },
  {
    columns: ['drop in a transfer', 'disk-full'],
    steps: from('locked', 'uploading'),
    ends: ['aborted'],
    because: 'a file did not arrive: nothing is launched without plan and guard backup',
  },
  {
    columns: ['drop in a transfer'],
    steps: from('arming', 'disarming'),
    ends: ['committed'],
    because: 'no file is sent any more',
  },
  {
    columns: ['disk-full'],
    steps: from('arming', 'disarming'),
    ends: ['committed', 'reverted', 'failed', 'aborted'],
    because: 'the import may not be able to say its end: the export decides, and the guard backup is there',
  },
  {
    columns: restarts,
    steps: from('locked', 'armed'),
    ends: ['aborted'],
    because: 'nothing was launched; a guard that fires loads the same configuration',
  },
  {
    columns: restarts,
    steps: ['launching'],
    ends: ['reverted', 'failed'],
    because: 'the restart ends the plan, and the boot entry of the guard loads the old configuration',
  },
  {
    columns: restarts,
    steps: from('pushing', 'verifying'),
    ends: ['reverted'],
    because: 'the boot entry of the guard loads the old configuration',
  },
  {
    columns: restarts,
    steps: ['disarming'],
    ends: ['reverted', 'failed'],
    because:
      'before the removal the boot entry loads; after it nobody can prove an unbroken boot: failed, on the target',
  },
  {
    columns: [...restarts, ...forward, ...back, 'disk-full', 'drop in a transfer'],
    steps: ['reverting', 'reverted'],
    ends: ['reverted'],
    because: 'the old configuration is loaded by us or by the guard',
  },
  {
    columns: ['kill in the import'],
    steps: from('locked', 'pushing'),
    ends: ['reverted', 'committed', 'failed'],
    because:
      'power is cut in the middle of the import: the boot entry loads; `committed` when the import was over already',
  },
  {
    columns: ['refuse-connection', 'refuse-login', 'change-host-key'],
    steps: ['locked'],
    ends: ['aborted'],
    because: 'the first connection is tried once',
  },
  {
    columns: ['refuse-connection', 'refuse-login'],
    steps: from('backed-up', 'disarming'),
    ends: ['committed'],
    because: 'a connection is open until the launch, and the one for the verification is tried again',
  },
  {
    columns: ['refuse-connection', 'refuse-login'],
    steps: ['reverting', 'reverted'],
    ends: ['reverted'],
    because: 'the router is asked until it answers',
  },
  {
    columns: ['change-host-key'],
    steps: from('backed-up', 'verifying'),
    ends: ['reverted'],
    needsPerson: true,
    because:
      'nobody is believed to be the router under another key: the guard fires, a person accepts the key',
  },
  {
    columns: ['change-host-key'],
    steps: ['disarming'],
    ends: ['committed'],
    because: 'the connection that verifies also disarms',
  },
  {
    columns: ['change-host-key'],
    steps: ['reverting'],
    ends: ['reverted'],
    needsPerson: true,
    because: 'the load was sent; what came of it is seen once a person accepts the key',
  },
  {
    columns: cutExports,
    steps: unlaunched,
    ends: ['aborted'],
    because: 'an export that is not whole is no base for a plan',
  },
  {
    columns: cutExports,
    steps: from('launching', 'disarming'),
    ends: ['committed'],
    because: 'an export that is not whole says nothing: it is taken again',
  },
  {
    columns: cutExports,
    steps: ['reverting'],
    ends: ['reverted'],
    because: 'an export that is not whole says nothing: it is taken again',
  },
  {
    columns: ['slow-export'],
    steps: unlaunched,
    ends: ['committed', 'aborted'],
    because: 'a slow export makes the budget longer, or leaves too little of the guard for a launch',
  },
  {
    columns: ['slow-export'],
    steps: from('launching', 'disarming'),
    ends: ['committed', 'reverted'],
    because: 'verified in time, or the guard decides',
  },
  {
    columns: ['fail-import'],
    steps: from('locked', 'launching'),
    ends: ['reverted'],
    because: 'part of the plan was applied: the guard backup is loaded at once',
  },
  {
    columns: ['fail-import', 'kill in the import'],
    steps: ['pushing'],
    ends: ['reverted', 'committed'],
    because: 'the import may be over before it meets the fault',
  },
  {
    columns: ['refuse-guard'],
    steps: from('locked', 'arming'),
    ends: ['aborted'],
    because: 'nothing is pushed without a guard',
  },
  {
    columns: ['deny-permission'],
    steps: unlaunched,
    ends: ['aborted', 'committed'],
    because: 'some questions may go unanswered; nothing else may',
  },
  {
    columns: ['deny-permission'],
    steps: ['launching'],
    ends: ['failed'],
    because: 'the launch was refused: nothing was applied, and the guard goes without a reboot',
  },
  {
    columns: ['deny-permission'],
    steps: from('pushing', 'disarming'),
    ends: ['committed'],
    because: 'a refused command says nothing: the router is looked at again',
  },
  {
    columns: forward,
    steps: from('locked', 'arming'),
    ends: ['committed', 'aborted'],
    because:
      'the guard is counted from the clock as it is when it is armed; a moved clock may be a changed export',
  },
  {
    columns: forward,
    steps: ['armed'],
    ends: ['aborted'],
    because: 'the guard comes due at once and loads what is there anyway',
  },
  {
    columns: forward,
    steps: from('launching', 'verifying'),
    ends: ['reverted'],
    because: 'the guard comes due at once',
  },
  {
    columns: forward,
    steps: ['disarming'],
    ends: ['reverted', 'committed'],
    because: 'the guard comes due while it is removed: what is seen after the deadline decides',
  },
  {
    columns: back,
    steps: unlaunched,
    ends: ['committed', 'aborted'],
    because: 'the guard is counted from the clock as it is; a moved clock may be a changed export',
  },
  {
    columns: back,
    steps: from('launching', 'disarming'),
    ends: ['committed'],
    because: 'the guard comes due later, and is disarmed before',
  },
  {
    columns: ['database away, 20 s'],
    steps: ['uploading'],
    ends: ['aborted', 'committed'],
    because: 'it may be back before the next entry: the flash is waited for until then',
  },
  {
    columns: databaseAway,
    steps: unlaunched,
    ends: ['aborted'],
    because: 'who cannot write the journal does nothing more; recovery takes everything off',
  },
  {
    columns: ['database away, 20 s'],
    steps: ['launching'],
    ends: ['failed'],
    because: 'the lease could not be confirmed, so nothing was launched',
  },
  {
    columns: ['database away, 20 s'],
    steps: from('pushing', 'disarming'),
    ends: ['committed'],
    because: 'the lease outlives a short absence, or recovery goes on in time',
  },
  {
    columns: ['database away, 30 min'],
    steps: from('launching', 'reverting'),
    ends: ['reverted'],
    because: 'nobody may decide, so the guard does',
  },
  {
    columns: ['database away, 20 s', 'lease taken over', 'process killed', 'deny-permission'],
    steps: ['reverting'],
    ends: ['reverted'],
    because: 'a return that was begun is gone on with',
  },
  {
    columns: ['lease taken over', 'process killed'],
    steps: unlaunched,
    ends: ['aborted'],
    because: 'recovery takes everything off; a launch that comes late finds no guard',
  },
  {
    columns: ['lease taken over', 'process killed'],
    steps: ['launching'],
    ends: ['failed'],
    because: 'recovery finds a guard, the old configuration and no word of the import',
  },
  {
    columns: ['lease taken over', 'process killed'],
    steps: from('pushing', 'disarming'),
    ends: ['committed'],
    because: 'recovery settles, verifies and disarms',
  },
  {
    columns: ['reboot', ...forward, ...back],
    steps: over,
    ends: ['committed', 'reverted'],
    because: 'the operation is over',
  },
]

const undisturbed: EndRule = {
  columns: [],
  steps: all,
  ends: [],
  because: 'what the fault waits for does not happen any more',
}

/** What a cell has to come to. */
export function expectedEnd(cell: Cell): EndRule {
  const rule = endRules.find(
    (one) => one.steps.includes(cell.step) && one.columns.includes(cell.column) && one.only?.(cell) !== false,
  )
  if (rule !== undefined) {
    return rule
  }
  return { ...undisturbed, ends: isOnTheWayBack(cell.step) ? ['reverted'] : ['committed'] }
}
