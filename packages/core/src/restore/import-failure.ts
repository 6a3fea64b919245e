import type { PushFailure } from '../model/push-operation.js'
import type { ComparableExport } from '../plan/compare-meaning.js'
import { firstUnapplied } from '../plan/first-unapplied.js'
import { maskSecrets, secretsOf } from '../plan/mask-secrets.js'
import type { LaunchOutcome } from '../routeros/launch-script.js'
import type { PushContext } from './push-context.js'

/** Longest text of the device, and longest statement, that is passed on. */
const longestText = 300

/**
 * What is known of a failed import: which statement, and the device's text, with every known secret masked. A plan says
 * which of its statements ran last; an export that was imported as it is does not, and is compared with what the device
 * has now.
 */
export function describeImportFailure(
  context: PushContext,
  outcome: Extract<LaunchOutcome, { kind: 'error' }>,
  present: ComparableExport,
): PushFailure {
  const secrets = secretsOf([context.before.document, context.target.document])
  const masked = (text: string) => maskSecrets(text, secrets).slice(0, longestText)
  const failed =
    context.log.operation.strategy === 'import'
      ? firstUnapplied(present, context.target)
      : failedPlanLine(context, outcome.statementIndex ?? 0)
  const deviceText = masked(outcome.text ?? '')
  return {
    reason: 'import-failed',
    ...(failed?.statementIndex === undefined ? {} : { statementIndex: failed.statementIndex }),
    ...(failed?.statement === undefined ? {} : { statement: masked(failed.statement) }),
    ...(deviceText === '' ? {} : { deviceText }),
  }
}

/** A line of the plan; one of the checks at its beginning is no statement and has no number. */
function failedPlanLine(
  { plan }: PushContext,
  lineNumber: number,
): { readonly statementIndex?: number; readonly statement?: string } | undefined {
  const statement = plan?.lines[lineNumber - 1]?.text
  if (plan === undefined || statement === undefined) return undefined
  const statementIndex = lineNumber - plan.checkCount
  return { statement, ...(statementIndex > 0 ? { statementIndex } : {}) }
}
