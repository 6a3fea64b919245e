import { describe, expect, it } from 'vitest'
import { parseDate, parseDuration, parseMoment } from '../../src/routeros/router-time.js'

describe('parseDuration', () => {
  it.each([
    ['14w1d19h55m4s', (((14 * 7 + 1) * 24 + 19) * 60 + 55) * 60_000 + 4000],
    ['2w1d19:55:04', ((15 * 24 + 19) * 60 + 55) * 60_000 + 4000],
    ['00:05:00', 300_000],
    ['3m1s', 181_000],
    ['500ms', 500],
    ['0s', 0],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each(['', 'never', '5 m', 'startup', '1x'])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('parseDate', () => {
  it('reads both forms', () => {
    expect(parseDate('2024-01-02')).toBe(Date.UTC(2024, 0, 2))
    expect(parseDate('jan/02/2024')).toBe(Date.UTC(2024, 0, 2))
    expect(parseDate('Dec/31/1999')).toBe(Date.UTC(1999, 11, 31))
  })

  it('refuses others', () => {
    expect(parseDate('02.01.2024')).toBeUndefined()
    expect(parseDate('xyz/02/2024')).toBeUndefined()
  })
})

describe('parseMoment', () => {
  const now = Date.UTC(2024, 0, 2, 23, 59, 0)

  it('reads date and time in both forms', () => {
    expect(parseMoment('2024-01-02 10:02:00', now)).toBe(Date.UTC(2024, 0, 2, 10, 2))
    expect(parseMoment('oct/05/2018 12:00:00', now)).toBe(Date.UTC(2018, 9, 5, 12))
  })

  it('takes a time alone as the next one, also over midnight', () => {
    expect(parseMoment('23:59:30', now)).toBe(now + 30_000)
    expect(parseMoment('00:01:00', now)).toBe(now + 120_000)
  })

  it('reads nothing from nothing', () => {
    expect(parseMoment('', now)).toBeUndefined()
    expect(parseMoment('3m', now)).toBeUndefined()
  })
})
