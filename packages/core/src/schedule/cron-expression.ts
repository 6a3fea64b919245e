import { CronExpressionParser } from 'cron-parser'
import { ScheduleInvalidError } from '../errors/request-errors.js'

const fieldCount = 5

/** Parses five fields in UTC, never seconds, macros or anything else that the parser would also take. */
function parseCron(expression: string, after: number) {
  const fields = expression.trim().split(/\s+/)
  if (fields.length !== fieldCount) {
    throw new ScheduleInvalidError({ reason: `five fields are needed, ${fields.length} were given` })
  }
  try {
    return CronExpressionParser.parse(fields.join(' '), { tz: 'UTC', currentDate: new Date(after) })
  } catch (cause) {
    throw new ScheduleInvalidError(
      { reason: 'a field is not understood, or there is no such day' },
      { cause },
    )
  }
}

/**
 * The first time after `after` that a five-field cron expression names. Both are UTC, ms since 1970.
 *
 * @throws SCHEDULE_INVALID when it does not parse, or names no time at all (31 February)
 */
export function nextCronTime(expression: string, after: number): number {
  const parsed = parseCron(expression, after)
  try {
    return parsed.next().getTime()
  } catch (cause) {
    throw new ScheduleInvalidError({ reason: 'it never comes due' }, { cause })
  }
}

/**
 * The expression with single blanks, once it is known to come due.
 *
 * @throws SCHEDULE_INVALID
 */
export function normalizeCronExpression(expression: string, now: number): string {
  nextCronTime(expression, now)
  return expression.trim().split(/\s+/).join(' ')
}
