import type { PushOperation, PushState } from '../model/push-operation.js'
import { pushStates } from '../model/push-operation.js'
import type { Evidence } from './observe-device.js'

/** What is to be done next, given what was seen. */
export type Judgement =
  /** Look again: a job runs, or may still begin. */
  | { readonly act: 'wait'; readonly because: string }
  /** The target was applied: verify, disarm, commit. */
  | { readonly act: 'commit' }
  /** Applied, but something differs: `onResidual` decides. */
  | { readonly act: 'decide-residual' }
  /** Nothing was applied and nothing can be any more: disarm without a reboot. */
  | { readonly act: 'disarm-unapplied' }
  /** Load the guard's backup now. */
  | { readonly act: 'load'; readonly because: string }
  /** Terminal. */
  | { readonly act: 'end'; readonly status: 'committed' | 'reverted' | 'failed'; readonly because: string }

/** True for `disarming` and the states after it on the way to `committed`. */
function hasBegunDisarming(state: PushState): boolean {
  return pushStates.indexOf(state) === pushStates.indexOf('disarming')
}

/**
 * The recovery table of the design as a function: the same for a push under way and for one that another process began.
 * It never guesses: where the evidence does not decide it says wait, or failed with what is known.
 *
 * @param operation in state `launching` or later, or `uploading` to `armed` when nothing was launched yet.
 */
export function judgeEvidence(operation: PushOperation, seen: Evidence): Judgement {
  return seen.guardListed ? judgeGuarded(operation, seen) : judgeUnguarded(operation, seen)
}

function judgeGuarded(operation: PushOperation, seen: Evidence): Judgement {
  if (seen.bootedSinceLaunch === true) {
    // The boot entry is about to load. Taken off now, its script might still run once the operation has ended.
    return { act: 'load', because: 'the device has booted since the launch' }
  }
  if (seen.guardHasRun && operation.launch !== null) {
    // Its load takes seconds in which the device answers as if nothing were. Taking the guard off would not stop it.
    return { act: 'load', because: 'the guard has fired' }
  }
  if (seen.jobRuns) return { act: 'wait', because: 'the import still runs' }
  if (operation.state === 'reverting') return { act: 'load', because: 'the return was begun' }
  const { kind } = seen.outcome
  if (kind === 'running' && operation.launch?.jobId == null) {
    // The answer to the launch was lost with the job's id: that no job is seen proves nothing.
    return { act: 'wait', because: 'the import has not said its end' }
  }
  if (operation.launch === null || kind === 'none' || kind === 'pending') {
    if (seen.exportEquals === 'before') return { act: 'disarm-unapplied' }
    // Nothing of ours has run, so somebody else has changed the device: it is not ours to undo.
    return operation.launch === null
      ? { act: 'disarm-unapplied' }
      : { act: 'load', because: 'the device changed without a word of the import' }
  }
  if (seen.exportEquals === 'target') return { act: 'commit' }
  if (kind === 'success') return { act: 'decide-residual' }
  if (seen.exportEquals === 'before' && kind === 'error') return { act: 'disarm-unapplied' }
  return {
    act: 'load',
    because: kind === 'error' ? 'the import failed part-way' : 'the import ended without a word',
  }
}

function judgeUnguarded(operation: PushOperation, seen: Evidence): Judgement {
  const isSameBoot = seen.bootedSinceLaunch === false
  const isVerified =
    seen.exportEquals === 'target' ||
    (operation.verifiedDigest !== null && operation.verifiedDigest === seen.digest)
  if (operation.launch === null) {
    return { act: 'end', status: 'failed', because: 'nothing was launched' }
  }
  if (seen.exportEquals === 'before') {
    return seen.bootedSinceLaunch
      ? { act: 'end', status: 'reverted', because: 'the old configuration was seen after a boot' }
      : { act: 'end', status: 'failed', because: 'nothing was applied' }
  }
  if (seen.jobRuns) return { act: 'wait', because: 'the import still runs' }
  if (isSameBoot && isVerified && hasBegunDisarming(operation.state)) {
    return { act: 'end', status: 'committed', because: 'the verified configuration was seen without a guard' }
  }
  return {
    act: 'end',
    status: 'failed',
    because: 'the guard is gone and the configuration is not the old one',
  }
}
