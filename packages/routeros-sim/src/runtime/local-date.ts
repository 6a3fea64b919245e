const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Start of a day in local ms, from `2024-01-02` or `jan/02/2024`; undefined when it is no date. */
export function parseDate(text: string): number | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  const old = /^([a-z]{3})\/(\d\d?)\/(\d{4})$/i.exec(text)
  const month = old === null ? Number(iso?.[2]) - 1 : MONTHS.indexOf((old[1] ?? '').toLowerCase())
  const day = Number(old?.[2] ?? iso?.[3])
  const year = Number(old?.[3] ?? iso?.[1])
  const ms = Date.UTC(year, month, day)
  if (Number.isNaN(ms) || month < 0 || month > 11 || new Date(ms).getUTCDate() !== day) return undefined
  return ms
}

/** Time of day in ms from `10:02:00`, `10:02` or a duration below a day; undefined when it is none. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text)
  if (match === null) return undefined
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

/** Minutes of an offset such as `+02:00`; 0 when it cannot be read. */
export function offsetMinutes(text: string): number {
  const match = /^([+-]?)(\d{1,2}):(\d\d)/.exec(text)
  if (match === null) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}
