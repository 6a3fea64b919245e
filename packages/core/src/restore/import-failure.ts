import type { PushFailure } from '../model/push-operation.js'
import { maskSecrets, secretsOf } from '../plan/mask-secrets.js'
import type { LaunchOutcome } from '../routeros/launch-script.js'
import type { PushContext } from './push-context.js'

/** Longest text of the device that is passed on. */
const longestText = 300

/** What is known of a failed import: which statement, and the device's text with every known secret masked. */
export function describeImportFailure(
  context: PushContext,
  outcome: Extract<LaunchOutcome, { kind: 'error' }>,
): PushFailure {
  const secrets = secretsOf([context.before.document, context.target.document])
  const { plan } = context
  const lineNumber = outcome.statementIndex ?? 0
  const statementIndex = lineNumber - (plan?.checkCount ?? 0)
  const line = plan?.lines[lineNumber - 1]?.text
  const text = outcome.text === undefined ? '' : maskSecrets(outcome.text, secrets).slice(0, longestText)
  return {
    reason: 'import-failed',
    ...(plan !== undefined && statementIndex > 0 ? { statementIndex } : {}),
    ...(line === undefined || line.includes('\n') ? {} : { statement: maskSecrets(line, secrets) }),
    ...(text === '' ? {} : { deviceText: text }),
  }
}
