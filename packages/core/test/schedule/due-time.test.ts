import { describe, expect, it } from 'vitest'
import { nextCronTime, normalizeCronExpression } from '../../src/schedule/cron-expression.js'
import { nextDueTime } from '../../src/schedule/due-time.js'

const at = (text: string) => Date.parse(text)
const minuteMs = 60_000

describe('a cron expression', () => {
  it('is read in UTC, whatever the zone of the process', () => {
    expect(nextCronTime('0 2 * * *', at('2026-03-29T01:30:00Z'))).toBe(at('2026-03-29T02:00:00Z'))
  })

  it.each([
    ['six fields', '0 0 2 * * *'],
    ['a macro', '@daily'],
    ['nothing', ''],
    ['an hour beyond the day', '0 25 * * *'],
    ['words', 'every day at two'],
    ['a day that no month has', '0 0 31 2 *'],
  ])('is refused when it holds %s', (_what, expression) => {
    expect(() => normalizeCronExpression(expression, 0)).toThrow(
      expect.objectContaining({ code: 'SCHEDULE_INVALID' }),
    )
  })

  it('keeps its meaning and loses superfluous blanks', () => {
    expect(normalizeCronExpression('  0  2 * *   * ', 0)).toBe('0 2 * * *')
  })
})

describe('the due time of a device', () => {
  const devices = Array.from({ length: 2000 }, (_, index) => `device-${index}`)

  it('never comes before the scheduled time and at most five minutes after it', () => {
    for (const device of devices) {
      const delay = nextDueTime('0 2 * * *', device, at('2026-01-05T10:00:00Z')) - at('2026-01-06T02:00:00Z')
      expect(delay).toBeGreaterThanOrEqual(0)
      expect(delay).toBeLessThan(5 * minuteMs)
    }
  })

  it('is spread, so that no second gets more than a few of two thousand devices', () => {
    const perSecond = new Map<number, number>()
    for (const device of devices) {
      const second = Math.floor(nextDueTime('0 2 * * *', device, at('2026-01-05T10:00:00Z')) / 1000)
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
    }

    expect(Math.max(...perSecond.values())).toBeLessThan(30)
  })

  it('comes once for each slot when asked again from each due time', () => {
    for (const device of devices.slice(0, 200)) {
      const first = nextDueTime('*/10 * * * *', device, at('2026-01-05T10:00:00Z'))
      const second = nextDueTime('*/10 * * * *', device, first)

      expect(second - first).toBe(10 * minuteMs)
    }
  })

  it('does not skip a slot whose scheduled time has passed while its delay has not', () => {
    const device = devices.find(
      (id) => nextDueTime('0 2 * * *', id, at('2026-01-05T10:00:00Z')) % 86_400_000 > 7_200_000 + minuteMs,
    )
    if (device === undefined) throw new Error('no device with a delay above a minute')

    const due = nextDueTime('0 2 * * *', device, at('2026-01-06T02:00:30Z'))

    expect(due).toBeLessThan(at('2026-01-06T02:05:00Z'))
  })
})
