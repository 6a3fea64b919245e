import { compareManagementPath } from '@tod/rsc-parser'
import type { LockoutReport } from '../model/push-operation.js'
import type { ComparableExport } from './compare-meaning.js'
import { ownAddressFor, sshPortOf } from './own-address.js'

/** How we reach the device, as the device sees it. */
export interface ManagementAccess {
  /** Addresses our account is logged in from over SSH. */
  readonly sourceAddresses: readonly string[]
  /** Name or address that we connect to. */
  readonly dialed: string
  readonly username: string
}

/** Lines of a trace that are passed on. */
const longestTrace = 40

/**
 * Whether a new connection like ours would still get in under the target. Worst verdict over all addresses we come from;
 * `cannot-tell` when we do not know how we come in.
 */
export function analyzeLockout(
  current: ComparableExport,
  target: ComparableExport,
  access: ManagementAccess,
): LockoutReport {
  const { sourceAddresses, dialed } = access
  if (sourceAddresses.length === 0) {
    return { verdict: 'cannot-tell', trace: ['It is not known from which address the device sees us.'] }
  }
  const reports = [...new Set(sourceAddresses)].map((source): LockoutReport => {
    const destination = ownAddressFor(current.document, dialed, source)
    if (destination === undefined) {
      return { verdict: 'cannot-tell', trace: ['It is not known by which address of the device we come in.'] }
    }
    const comparison = compareManagementPath(current.document, target.document, {
      source,
      destination,
      port: sshPortOf(current.document),
      user: access.username,
    })
    const trace = [comparison.because, ...comparison.trace.map((step) => step.text)]
    return { verdict: comparison.verdict, trace: trace.slice(0, longestTrace) }
  })
  const worst = (verdict: LockoutReport['verdict']) => reports.find((report) => report.verdict === verdict)
  return worst('lockout') ?? worst('at-risk') ?? reports[0] ?? { verdict: 'cannot-tell', trace: [] }
}
