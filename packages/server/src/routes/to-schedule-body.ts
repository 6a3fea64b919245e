import type { EffectiveSchedule } from '@tod/core'
import type { z } from 'zod'
import type { scheduleAnswer } from '../schemas/answers.js'

/** A schedule in the wire's names. */
export const toScheduleBody = (schedule: EffectiveSchedule): z.output<typeof scheduleAnswer> => ({
  id: schedule.id,
  tenant_id: schedule.tenantId,
  device_id: schedule.deviceId,
  cron_expression: schedule.cronExpression,
  enabled: schedule.enabled,
  is_default: schedule.isDefault,
})
