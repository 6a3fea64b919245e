import type { Clock } from '../ports/clock.js'
import type { RecoveryOutcome } from './recover-operations.js'

/** What the loop needs. */
export interface RecoveryLoopOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly recover: () => Promise<readonly RecoveryOutcome[]>
  /** Told about passes that failed as a whole: the database is away. */
  readonly onError: (error: unknown) => void
  /** Pause between two passes when nothing is open, ms; default 30 000. */
  readonly idleMs?: number
}

const firstPauseMs = 5000
const longestPauseMs = 300_000

/** Recovers until the signal fires: at once, and then with growing pauses as long as operations stay open. */
export async function runRecovery(options: RecoveryLoopOptions): Promise<void> {
  const { clock, signal, recover, onError } = options
  const idleMs = options.idleMs ?? 30_000
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    let isOpen = true
    try {
      isOpen = (await recover()).some((each) => each.outcome === 'open')
    } catch (error) {
      onError(error)
    }
    await clock.sleep(isOpen ? pauseMs : idleMs, { signal }).catch(() => {})
    pauseMs = isOpen ? Math.min(pauseMs * 2, longestPauseMs) : firstPauseMs
  }
}
