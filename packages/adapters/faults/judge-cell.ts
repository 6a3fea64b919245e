import type { PushOperation } from '@tod/core'
import { type Cell, nameOf } from './cell.js'
import type { End } from './ends/end-rule.js'
import { expectedEnd } from './expected-ends.js'
import type { Answer } from './run-cell.js'

/** What is there when push, recovery and an hour more are over. */
export interface Aftermath {
  readonly answer: Answer
  readonly operation: PushOperation | undefined
  /** How many operations the journal has. */
  readonly operations: number
  /** The router's configuration. */
  readonly present: 'target' | 'old' | 'neither'
  /** A backup was loaded although the operation had ended. */
  readonly firedAfterTheEnd: boolean
  /** The push came to the step at which the fault was to strike. */
  readonly wasReached: boolean
  readonly files: readonly string[]
  readonly guards: readonly string[]
  readonly jobs: number
  /** Somebody still holds the device. */
  readonly lock: boolean
}

/** A cell with its verdict. */
export interface CellResult {
  readonly cell: Cell
  readonly name: string
  readonly told: string
  readonly end: End | 'open' | 'none'
  readonly present: Aftermath['present']
  readonly expected: End
  readonly because: string
  readonly violations: readonly string[]
}

/** Holds what is left against the invariants of every cell, and against what this one was expected to come to. */
export function judgeCell(cell: Cell, aftermath: Aftermath): CellResult {
  const { answer, operation, present } = aftermath
  const rule = expectedEnd(cell)
  const end = operation === undefined ? 'none' : operation.open ? 'open' : (operation.state as End)
  const told =
    answer.kind === 'result'
      ? answer.result.openForRecovery
        ? 'open'
        : answer.result.status
      : answer.kind === 'error'
        ? answer.code
        : 'nothing'
  const violations = [
    ...routerViolations(aftermath),
    ...journalViolations(aftermath, end),
    ...truthViolations(told, end, present, operation),
    ...(aftermath.wasReached ? [] : ['the step was not reached']),
    ...(rule.leaves !== undefined && rule.leaves !== present
      ? [`the router has ${present}, expected ${rule.leaves}: ${rule.because}`]
      : []),
    ...(end === 'none' || end === 'open' || rule.end === end
      ? []
      : [`ended ${end}, expected ${rule.end}: ${rule.because}`]),
  ]
  return {
    cell,
    name: nameOf(cell),
    told,
    end,
    present,
    expected: rule.end,
    because: rule.because,
    violations,
  }
}

function routerViolations({ present, guards, files, jobs, firedAfterTheEnd }: Aftermath): string[] {
  return [
    ...(present === 'neither' ? ['the router has neither the old nor the target configuration'] : []),
    ...(guards.length > 0 ? [`a guard is left: ${guards.join(', ')}`] : []),
    ...(files.length > 0 ? [`files are left: ${files.join(', ')}`] : []),
    ...(jobs > 0 ? ['a job is left'] : []),
    ...(firedAfterTheEnd ? ['the guard fired after the operation had ended'] : []),
  ]
}

function journalViolations({ operations, lock }: Aftermath, end: CellResult['end']): string[] {
  return [
    ...(operations !== 1 ? [`the journal has ${operations} operations`] : []),
    ...(end === 'open' ? ['recovery did not bring the operation to its end'] : []),
    ...(lock ? ['the device is still locked'] : []),
  ]
}

/** What was told, what the journal says and what the router has agree. */
function truthViolations(
  told: string,
  end: CellResult['end'],
  present: Aftermath['present'],
  operation: PushOperation | undefined,
): string[] {
  const claims: Readonly<Record<string, Aftermath['present']>> = {
    committed: 'target',
    reverted: 'old',
    aborted: 'old',
  }
  const isFinal = told === 'committed' || told === 'reverted' || told === 'failed'
  const claimed = claims[end]
  const isUnsaidTarget = end === 'failed' && present === 'target' && !hasSaidApplied(operation)
  return [
    ...(isFinal && told !== end ? [`told ${told}, ended ${end}`] : []),
    ...(!isFinal && told !== 'open' && told !== 'nothing' && end !== 'aborted'
      ? [`threw ${told}, ended ${end}`]
      : []),
    ...(claimed !== undefined && claimed !== present ? [`ended ${end}, the router has ${present}`] : []),
    ...(isUnsaidTarget ? ['failed, and did not say that the push is on the router'] : []),
  ]
}

function hasSaidApplied(operation: PushOperation | undefined): boolean {
  return operation?.timeline.at(-1)?.message.includes('Nothing of the push') === false
}
