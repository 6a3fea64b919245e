import type { BackupEntry } from '@tod/core'
import { z } from 'zod'
import { defineRoute } from '../http/route.js'
import { entryAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { backupPageQuery } from '../schemas/requests.js'
import { toEntryBody } from './to-entry-body.js'

const pageSize = 1000

export const listBackups = defineRoute({
  method: 'get',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/backups',
  summary: 'Backups of the device, newest first',
  permission: 'read',
  params: deviceParams,
  query: backupPageQuery,
  answers: { 200: { description: 'All backups, or a page of them', schema: z.array(entryAnswer) } },
  handle: async ({ scope, services, params: { device_id: deviceId }, query }) => {
    const wanted = query.limit ?? Number.POSITIVE_INFINITY
    const entries: BackupEntry[] = []
    for (let offset = query.offset ?? 0; entries.length < wanted; offset += pageSize) {
      const limit = Math.min(pageSize, wanted - entries.length)
      const page = await services.tod.backups.list(scope, { deviceId, limit, offset })
      entries.push(...page)
      if (page.length < limit) break
    }
    return { status: 200, json: entries.map(toEntryBody) }
  },
})
