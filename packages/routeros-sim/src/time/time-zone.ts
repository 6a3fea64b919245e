const formatters = new Map<string, Intl.DateTimeFormat>()
const nextChanges = new Map<string, number>()

/** Whether the platform knows the zone by this name. */
export function isKnownTimeZone(zone: string): boolean {
  try {
    formatterFor(zone)
    return true
  } catch {
    return false
  }
}

/** Offset of a zone's local time from UTC at that moment, in minutes. */
export function zoneOffsetMinutes(zone: string, utcMs: number): number {
  if (zone === 'UTC') return 0
  const parts = new Map(
    formatterFor(zone)
      .formatToParts(utcMs)
      .map((part) => [part.type, Number(part.value)]),
  )
  const at = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour') % 24, at('minute'), at('second'))
  return Math.round((local - utcMs) / 60_000)
}

/** The next moment within 400 days at which the zone's offset changes (summer time), or undefined. */
export function nextOffsetChange(zone: string, utcMs: number): number | undefined {
  if (zone === 'UTC') return undefined
  const known = nextChanges.get(zone)
  const week = 7 * 86_400_000
  if (known !== undefined && known > utcMs && known - utcMs < 20 * week) return known
  const offset = zoneOffsetMinutes(zone, utcMs)
  for (let from = utcMs; from < utcMs + 57 * week; from += week) {
    if (zoneOffsetMinutes(zone, from + week) === offset) continue
    let low = from
    let high = from + week
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2)
      if (zoneOffsetMinutes(zone, middle) === offset) low = middle
      else high = middle
    }
    const change = Math.floor(high / 1000) * 1000
    nextChanges.set(zone, change)
    return change
  }
  return undefined
}

function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, made)
  return made
}
