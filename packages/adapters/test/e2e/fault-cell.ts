import { CoreError, type PushOperation, type RestoreRequest } from '@tod/core'
import type { FaultSpec } from '@tod/routeros-sim'
import {
  fieldDevice,
  fieldScope,
  openTestField,
  type TestField,
  type TestFieldOptions,
} from './test-field.js'

/** One restore that meets some faults, run to its end with recovery and all. */
export interface FaultCell {
  readonly faults: readonly FaultSpec[]
  readonly options?: TestFieldOptions
  /** Commands that make the router differ from the stored revision. */
  readonly edits?: readonly string[]
  readonly request?: Partial<RestoreRequest>
}

/** What came of a cell, and what must not have. */
export interface CellOutcome {
  /** Status of the result, or the code of the error that the caller got. */
  readonly answer: string
  /** State in which the operation ended, after recovery. */
  readonly state: PushOperation['state'] | 'none'
  readonly configuration: 'target' | 'before' | 'neither'
  readonly boots: number
  /** Virtual time until the caller had its answer, seconds. */
  readonly seconds: number
  readonly recoveryPasses: number
  /** Broken promises; empty in a good cell. */
  readonly violations: readonly string[]
}

const defaultEdits = [
  '/ip firewall address-list add list=one address=192.0.2.1',
  '/system identity set name=changed',
]
const mostPasses = 80

/** Runs a cell on a router of its own. */
export async function runFaultCell(cell: FaultCell): Promise<CellOutcome> {
  const field = await openTestField(cell.options)
  try {
    return await runOn(field, cell)
  } finally {
    await field.close()
  }
}

async function runOn(field: TestField, cell: FaultCell): Promise<CellOutcome> {
  const { router, clock } = field
  const { commitSha } = await field.backUp()
  const target = router.significantText()
  for (const edit of cell.edits ?? defaultEdits) await field.run(edit)
  const before = router.significantText()
  const disarmers = cell.faults.map((fault) => router.faults.arm(fault))
  const started = clock.now()
  const answer = await field.tod.restores
    .restore(fieldScope, { deviceId: fieldDevice, commitSha, ...cell.request })
    .then(
      (result) => result.status,
      (error: unknown) => (error instanceof CoreError ? error.code : Promise.reject(error)),
    )
  const seconds = (clock.now() - started) / 1000
  const recoveryPasses = await recover(field)
  for (const disarm of disarmers) disarm()
  // Whatever could still fire has fired after this.
  await clock.sleep(3_600_000)

  const [operation] = await field.tod.restores.list(fieldScope, { deviceId: fieldDevice })
  const seen = router.significantText()
  const configuration = seen === target ? 'target' : seen === before ? 'before' : 'neither'
  const outcome = { answer, state: operation?.state ?? 'none', configuration, boots: router.boots } as const
  const violations = await violationsOf(field, operation, configuration)
  return { ...outcome, seconds, recoveryPasses, violations }
}

/** Recovers as a server does, until nothing is open. */
async function recover(field: TestField): Promise<number> {
  const tod = field.restart()
  for (let pass = 0; pass < mostPasses; pass++) {
    const [operation] = await tod.restores.list(fieldScope, { deviceId: fieldDevice })
    if (operation?.open !== true) return pass
    await field.clock.sleep(30_000)
    await tod.recoverOperations()
  }
  return mostPasses
}

async function violationsOf(
  field: TestField,
  operation: PushOperation | undefined,
  configuration: CellOutcome['configuration'],
): Promise<readonly string[]> {
  const { router } = field
  const violations: string[] = []
  const expectThat = (isSo: boolean, violation: string) => {
    if (!isSo) violations.push(violation)
  }
  expectThat(operation?.open !== true, 'the operation is open for ever')
  expectThat(configuration !== 'neither', 'the router is on neither configuration')
  const isOver = operation?.state === 'committed' && configuration !== 'target' && operation.converged
  expectThat(!isOver, 'committed, but the router has not the target')
  const isBack = operation?.state === 'reverted' || operation?.state === 'aborted'
  expectThat(
    !isBack || configuration === 'before',
    `${operation?.state}, but the router has not the old configuration`,
  )
  const isGuard = (name: string) => name.startsWith('tod-guard-')
  expectThat(!router.schedulers().some((entry) => isGuard(entry.name)), 'a guard is left on the router')
  expectThat((await field.ports.locks.holder(fieldScope, fieldDevice)) === undefined, 'the lock is held')
  await field.backUp().catch(() => violations.push('the router cannot be backed up afterwards'))
  expectThat(!router.files.list().some((file) => file.name.includes('tod-')), 'a file is left on the router')
  return violations
}
