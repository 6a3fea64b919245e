import { parseDuration } from '../language/durations.js'
import { failure } from '../language/router-error.js'
import type { StoredValue } from './config-item.js'

type Read = (property: string) => StoredValue | undefined

const DAY_MS = 86_400_000

/** First and last character are letters or digits, and there is no `*` (manual, User). Assumption: the text. */
function checkUserName(read: Read): void {
  const name = read('name')
  if (typeof name === 'string' && !/^[A-Za-z0-9](?:[^*]*[A-Za-z0-9])?$/.test(name)) {
    throw failure('invalid user name')
  }
}

/** Entries with active days start anew each day, so an interval of days has no meaning (manual, Scheduler). */
function checkActiveDays(read: Read): void {
  const days = read('days')
  const interval = read('interval')
  if (typeof days !== 'string' || days === '' || days === 'always' || typeof interval !== 'string') return
  if ((parseDuration(interval) ?? 0) >= DAY_MS) {
    throw failure('multi-day intervals are not supported with active day scheduling')
  }
}

const CHECKS: Readonly<Record<string, (read: Read) => void>> = {
  '/user': checkUserName,
  '/system scheduler': checkActiveDays,
}

/** Refuses what one menu refuses beside types, references and clashes. `read` gives the values after the change. */
export function checkSpecialValues(path: string, read: Read): void {
  CHECKS[path]?.(read)
}
