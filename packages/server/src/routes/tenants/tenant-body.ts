import type { OpenedDatabase } from '@tod/adapters/sqlite'
import type { z } from 'zod'
import type { apiKeyAnswer, tenantAnswer } from '../../schemas/tenants.js'

type Tenant = Awaited<ReturnType<OpenedDatabase['tenants']['put']>>
type ApiKey = Awaited<ReturnType<OpenedDatabase['apiKeys']['add']>>

const time = (ms: number): string => new Date(ms).toISOString()

export const toTenantBody = (tenant: Tenant): z.output<typeof tenantAnswer> => ({
  tenant_id: tenant.tenantId,
  name: tenant.name,
  created_at: time(tenant.createdAt),
})

export const toApiKeyBody = (key: ApiKey): z.output<typeof apiKeyAnswer> => ({
  key_id: key.id,
  name: key.name,
  scopes: [...key.scopes],
  created_at: time(key.createdAt),
  expires_at: key.expiresAt === null ? null : time(key.expiresAt),
  revoked_at: key.revokedAt === null ? null : time(key.revokedAt),
})
