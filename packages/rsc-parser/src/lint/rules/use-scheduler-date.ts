import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** A scheduler entry that repeats from every boot on. */
export const useSchedulerDate: Rule = {
  id: 'use-scheduler-date',
  category: 'correctness',
  summary: 'A scheduler entry that repeats from every boot on.',
  recommended: 'off',
  security: 'off',

  *check(source) {
    for (const item of source.enabled('/system scheduler')) {
      const interval = propertyOf(item, 'interval', '0s')
      if (propertyOf(item, 'start-time') !== 'startup' || /^0*s?$|^00:00:00$/.test(interval)) continue
      yield {
        range: source.propertyRange(item, 'start-time'),
        message:
          'start-time=startup with an interval counts from each boot: the time of day drifts, and a device that reboots often runs it often.',
      }
    }
  },
}
