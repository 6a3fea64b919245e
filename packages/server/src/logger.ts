import { CoreError } from '@tod/core'
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

const secretKeys = [
  'password',
  'passphrase',
  'privateKey',
  'credentials',
  'token',
  'authorization',
  'cookie',
  'secret',
]

/** What is logged of an error: class, code and safe facts; of unknown ones the stack, which holds no values. */
function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof CoreError) {
    const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
    return { name: error.name, code: error.code, message: error.message, details: error.details, ...cause }
  }
  if (error instanceof Error) {
    return { name: error.name, stack: (error.stack ?? '').split('\n').slice(1).join('\n') }
  }
  return { name: typeof error }
}

/** JSON lines on standard output; secrets are cut by name wherever they stand, and errors are reduced to what is safe. */
export function createLogger(
  level: LoggerOptions['level'] & string,
  destination?: DestinationStream,
): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
