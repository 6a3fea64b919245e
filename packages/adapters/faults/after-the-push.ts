import { CoreError, type Tod } from '@tod/core'
import { type FaultField, fieldDevice, fieldScope } from './fault-field.js'

const recoveryPauseMs = 30_000
/** Longer than any absence of a column and its person take together. */
const longestRecoveryMs = 7_200_000
/** When a person accepts a changed host key. */
const personComesAfterMs = 1_200_000

/** Recovery as a server runs it, until nothing is open. */
export async function recoverToTheEnd(field: FaultField, laterProcess: () => Tod): Promise<void> {
  const tod = laterProcess()
  const startedAt = field.clock.monotonicMs()
  const personComesAt = startedAt + personComesAfterMs
  let hasAccepted = false
  while (field.clock.monotonicMs() - startedAt < longestRecoveryMs) {
    const [operation] = await field.ports.journal.list(fieldScope, fieldDevice)
    if (operation === undefined || !operation.open) return
    await field.clock.sleep(recoveryPauseMs)
    if (!hasAccepted && field.clock.monotonicMs() >= personComesAt) {
      hasAccepted = true
      await field.ports.hostKeys.forget(fieldScope, fieldDevice)
    }
    await tod.recoverOperations().catch((error: unknown) => {
      if (!(error instanceof CoreError)) throw error
    })
  }
}

/** What is on the router that is ours, after the next contact that would remove what could not be removed. */
export async function leftovers(field: FaultField, laterProcess: () => Tod) {
  const files = () => field.router.files.list().filter((file) => file.name.includes('tod-'))
  if (files().length > 0) {
    await field.ports.hostKeys.forget(fieldScope, fieldDevice)
    const backingUp = laterProcess().backups.backUp(fieldScope, { deviceId: fieldDevice, trigger: 'manual' })
    // On a full disk there is no backup; what is left is removed before it is tried.
    await backingUp.catch(() => {})
  }
  return {
    files: files().map((file) => file.name),
    guards: field.router
      .schedulers()
      .map((entry) => entry.name)
      .filter((name) => name.startsWith('tod-')),
    jobs: field.router.inspect.jobs().length,
  }
}
