const UNIT_MS: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
}

/**
 * Reads `1w3d`, `10m`, `500ms`, `00:05:00`, `1d00:05:00`; undefined when it is no duration. A bare number is none:
 * callers that take seconds say so.
 */
export function parseDuration(text: string): number | undefined {
  const clock = /^(?:(\d+)w)?(?:(\d+)d)?(\d+):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/.exec(text)
  if (clock !== null) {
    const [, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = clock
    return (
      Number(weeks) * 604_800_000 +
      Number(days) * 86_400_000 +
      Number(hours) * 3_600_000 +
      Number(minutes) * 60_000 +
      Number(seconds) * 1000 +
      Math.floor(Number(`0.${fraction || '0'}`) * 1000)
    )
  }
  if (!/^(?:\d+(?:ms|[wdhms]))+$/.test(text)) return undefined
  let total = 0
  for (const [, amount = '0', unit = 's'] of text.matchAll(/(\d+)(ms|[wdhms])/g)) {
    total += Number(amount) * (UNIT_MS[unit] ?? 0)
  }
  return total
}

/** The short unit form that exports use: `1w3d`, `10m`, `1h30m5s`, `500ms`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`
  let rest = ms
  let text = ''
  for (const unit of ['w', 'd', 'h', 'm', 's', 'ms'] as const) {
    const size = UNIT_MS[unit] ?? 1
    const amount = Math.floor(rest / size)
    rest -= amount * size
    if (amount > 0) text += `${amount}${unit}`
  }
  return text === '' ? '0s' : text
}

/** The clock form that scripts print: `00:05:00`, `1d02:00:00`, `1w1d00:00:00`. */
export function formatClockDuration(ms: number): string {
  if (ms < 0) return `-${formatClockDuration(-ms)}`
  const whole = Math.floor(ms / 1000)
  const weeks = Math.floor(whole / 604_800)
  const days = Math.floor((whole % 604_800) / 86_400)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const clock = `${two((whole % 86_400) / 3600)}:${two((whole % 3600) / 60)}:${two(whole % 60)}`
  const fraction = ms % 1000 === 0 ? '' : `.${String(Math.floor(ms % 1000)).padStart(3, '0')}`
  return `${weeks > 0 ? `${weeks}w` : ''}${days > 0 ? `${days}d` : ''}${clock}${fraction}`
}
