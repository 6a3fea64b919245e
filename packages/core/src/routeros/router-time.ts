const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const unitMs: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
}

/**
 * A duration as RouterOS prints it: `14w1d19h55m4s`, `2w1d19:55:04`, `00:05:00`, `500ms`.
 *
 * @returns ms, or undefined when the text is none
 */
export function parseDuration(text: string): number | undefined {
  const match = /^((?:\d+(?:w|d|h|ms|m|s))*)(?:(\d+):(\d{2}):(\d{2})(?:\.\d+)?)?$/.exec(text.trim())
  if (match === null || text.trim() === '') return undefined
  const [, units = '', hours, minutes, seconds] = match
  let total = 0
  for (const [, count, unit] of units.matchAll(/(\d+)(ms|w|d|h|m|s)/g)) {
    total += Number(count) * (unitMs[unit ?? ''] ?? 0)
  }
  if (hours !== undefined) total += ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return total
}

/**
 * A date as RouterOS prints it, `jan/02/2024` up to 7.9 and `2024-01-02` after.
 *
 * @returns ms since 1970 of its midnight, read as UTC, or undefined when the text is none
 */
export function parseDate(text: string): number | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim())
  if (iso) return Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]))
  const named = /^([a-z]{3})\/(\d{2})\/(\d{4})$/i.exec(text.trim())
  const month = months.indexOf(named?.[1]?.toLowerCase() ?? '')
  return named && month >= 0 ? Date.UTC(Number(named[3]), month, Number(named[2])) : undefined
}

/**
 * A moment on the device's own wall clock, read as if it were UTC; compare only with others of the same device.
 *
 * @param text date and time, or the time alone: then the next such time at or after `now`.
 */
export function parseMoment(text: string, now: number): number | undefined {
  const parts = text.trim().split(/\s+/)
  const time = parseDuration(parts.at(-1) ?? '')
  if (time === undefined || time >= 86_400_000 || !/^\d+:/.test(parts.at(-1) ?? '')) return undefined
  if (parts.length === 1) {
    const today = Math.floor(now / 86_400_000) * 86_400_000 + time
    return today >= now ? today : today + 86_400_000
  }
  const date = parseDate(parts[0] ?? '')
  return parts.length === 2 && date !== undefined ? date + time : undefined
}
