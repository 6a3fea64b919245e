import type { PushOperation, PushResult } from '../model/push-operation.js'

/** What no export shows: said with every result, so that nobody takes it for restored. */
export const neverInExports = [
  'user accounts and their passwords',
  'SSH keys and host keys',
  'certificates and private keys',
  'files',
  'date and time',
  'licence and device-mode',
] as const

/** An operation as a client sees it; `failed` and open while its end is not known. */
export function toResult(operation: PushOperation): PushResult {
  const { state } = operation
  const status = state === 'committed' || state === 'reverted' ? state : 'failed'
  return {
    operationId: operation.operationId,
    status,
    message: messageOf(operation),
    preBackupSha: operation.preBackupSha ?? '',
    targetSha: operation.targetSha,
    planHash: operation.planHash ?? '',
    converged: status === 'committed' && operation.converged,
    residual: operation.residual,
    unverified: operation.unverified,
    lockout: operation.lockout,
    probes: operation.probeResults,
    ...(operation.failure === null || status === 'committed' ? {} : { because: operation.failure }),
    openForRecovery: operation.open,
    timeline: operation.timeline,
  }
}

function messageOf(operation: PushOperation): string {
  switch (operation.state) {
    case 'committed':
      return committedMessage(operation)
    case 'reverted':
      return 'The device is back on the configuration it had before the restore.'
    case 'aborted':
      return 'The restore was given up before anything was pushed.'
    case 'failed':
      return operation.timeline.at(-1)?.message ?? 'The restore failed.'
    default:
      return 'The end state is not known yet; the device is looked at again until it is.'
  }
}

/** Claims no more than was seen: where nothing was pushed there was no guard, nor for a binary backup. */
function committedMessage(operation: PushOperation): string {
  const { launch, strategy, converged, timeline } = operation
  if (launch === null) return timeline.at(-1)?.message ?? 'Nothing was pushed.'
  const restored = converged ? 'Configuration restored.' : 'Configuration restored with differences.'
  return strategy === 'binary'
    ? `${restored} The device booted with the loaded backup and was reached over a new connection.`
    : `${restored} The device was reached over a new connection and the guard is gone.`
}
