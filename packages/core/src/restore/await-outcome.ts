import type { DeviceSession } from '../device/device-session.js'
import { openSession } from '../device/open-session.js'
import { CoreError } from '../errors/core-error.js'
import type { LaunchOutcome } from '../routeros/launch-script.js'
import { hasJob, readOutcome } from './observe-device.js'
import { actSignal, type PushContext } from './push-context.js'

const pauseMs = 1000
/** Pause before another connection is tried when the one in use broke. */
const reconnectPauseMs = 5000
/** A job that has not begun by then, and is not there, never will. */
const beginMs = 15_000

/**
 * Waits for the end of the import as the device tells it, bounded by the import's budget. Losing the connection ends
 * nothing: the import runs on, and another connection asks. Decides nothing.
 */
export async function awaitOutcome(context: PushContext, first: DeviceSession): Promise<LaunchOutcome> {
  const { clock } = context.ports
  const startedAt = clock.monotonicMs()
  const until = startedAt + (context.log.operation.budget?.importMs ?? 0)
  let session: DeviceSession | undefined = first
  let outcome: LaunchOutcome = { kind: 'pending' }
  try {
    while (clock.monotonicMs() < until && !context.cancel.aborted) {
      const asked: Asked | undefined = session && (await ask(context, session))
      if (asked === undefined) {
        if (session !== first) await session?.close()
        session = await reopen(context)
        if (session === undefined) await pause(context, reconnectPauseMs)
        continue
      }
      outcome = asked.outcome
      if (outcome.kind === 'success' || outcome.kind === 'error') return outcome
      const isLate = clock.monotonicMs() - startedAt > beginMs
      if (outcome.kind !== 'running' && isLate && !asked.jobRuns) return outcome
      await pause(context, pauseMs)
    }
    return outcome
  } finally {
    if (session !== first) await session?.close()
  }
}

interface Asked {
  readonly outcome: LaunchOutcome
  readonly jobRuns: boolean
}

/** Undefined when the connection is of no more use. */
async function ask(context: PushContext, session: DeviceSession): Promise<Asked | undefined> {
  const options = { signal: actSignal(context) }
  if (session.closed.aborted) return undefined
  try {
    const outcome = await readOutcome(session, context.names, options)
    const jobId = context.log.operation.launch?.jobId ?? null
    const jobRuns = outcome.kind !== 'success' && (await hasJob(session, context.names, jobId, options))
    return { outcome, jobRuns }
  } catch (error) {
    if (error instanceof CoreError && error.code.startsWith('DEVICE_')) return undefined
    throw error
  }
}

async function reopen(context: PushContext): Promise<DeviceSession | undefined> {
  const { ports, scope, log } = context
  try {
    return await openSession(ports, scope, log.operation.deviceId, {
      signal: actSignal(context),
      timeoutMs: 10_000,
    })
  } catch (error) {
    const isDevice = error instanceof CoreError && /^(DEVICE_|HOST_KEY_)/.test(error.code)
    if (isDevice) return undefined
    throw error
  }
}

async function pause(context: PushContext, ms: number): Promise<void> {
  const { lease, cancel, ports } = context
  const signal = AbortSignal.any([lease.lost, cancel])
  await ports.clock.sleep(ms, { signal }).catch((error: unknown) => {
    if (lease.lost.aborted) throw error
  })
}
