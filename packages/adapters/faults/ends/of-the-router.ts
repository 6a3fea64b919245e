import type { ColumnName } from '../fault-columns.js'
import { type EndRule, from, unlaunched } from './end-rule.js'

const cutExports: readonly ColumnName[] = ['truncate-export', 'interrupt-export', 'fail-export-menu']
const forward: readonly ColumnName[] = ['clock-jump forward', 'time-zone-step east']

/** Exports, imports, permissions, space and clocks that do not do what they should. */
export const ofTheRouter: readonly EndRule[] = [
  {
    columns: cutExports,
    steps: unlaunched,
    end: 'aborted',
    because: 'an export that is not whole is no base for a plan',
  },
  {
    columns: ['slow-export'],
    steps: from('backed-up', 'armed'),
    end: 'aborted',
    because: 'the export before the launch takes 20 s that the budget did not foresee: too little is left',
  },
  {
    columns: ['fail-import'],
    steps: from('locked', 'pushing'),
    end: 'reverted',
    because: 'part of the plan was applied: the guard backup is loaded at once',
  },
  {
    columns: ['refuse-guard'],
    steps: from('locked', 'arming'),
    end: 'aborted',
    because: 'nothing is pushed without a guard',
  },
  {
    columns: ['disk-full'],
    steps: from('locked', 'uploading'),
    end: 'aborted',
    because: 'the backup of the guard, or the plan, finds no space: nothing is armed',
  },
  {
    columns: ['deny-permission'],
    steps: ['backed-up'],
    end: 'committed',
    because: 'where we come in from may stay unknown: the analysis then cannot tell',
  },
  {
    columns: ['deny-permission'],
    steps: ['planned'],
    only: ({ version }) => version === '7.16.1',
    end: 'committed',
    because: 'device-mode is a question that versions may not know: arming shows whether it forbids',
  },
  {
    columns: ['deny-permission'],
    steps: unlaunched,
    end: 'aborted',
    because: 'a command that the push needs was refused',
  },
  {
    columns: ['deny-permission'],
    steps: ['launching'],
    end: 'failed',
    leaves: 'old',
    because: 'the launch was refused: nothing was applied, and the guard goes without a reboot',
  },
  {
    columns: ['clock-jump while arming'],
    steps: from('locked', 'arming'),
    end: 'aborted',
    because: 'the guard is not due when it should be: it does not count as armed',
  },
  {
    columns: forward,
    steps: ['armed'],
    end: 'aborted',
    because: 'the guard comes due at once and loads what is there anyway',
  },
  {
    columns: forward,
    steps: from('launching', 'disarming'),
    end: 'reverted',
    because: 'the guard comes due at once; one that has run is loading, and is not taken off any more',
  },
  {
    columns: forward,
    steps: from('locked', 'arming'),
    end: 'committed',
    because: 'the guard is counted from the clock as it is when it is armed',
  },
  {
    columns: ['clock-jump back', 'time-zone-step west'],
    steps: from('locked', 'disarming'),
    end: 'committed',
    because: 'the guard comes due later than we count, and is disarmed before',
  },
  {
    columns: cutExports,
    steps: from('launching', 'disarming'),
    end: 'committed',
    because: 'an export that is not whole says nothing: it is taken again',
  },
  {
    columns: ['slow-export'],
    steps: ['locked', ...from('launching', 'disarming')],
    end: 'committed',
    because: 'the budget is made from the time that an export takes, and verification has some to spare',
  },
  {
    columns: ['disk-full'],
    steps: from('arming', 'disarming'),
    end: 'committed',
    because: 'every file is on the router already, and a changed one takes no more space',
  },
  {
    columns: ['deny-permission'],
    steps: from('pushing', 'disarming'),
    end: 'committed',
    because: 'a refused command says nothing: the router is looked at again',
  },
]
