import { z } from 'zod'
import { uuid } from './identifiers.js'

export const tenantBody = z.strictObject({ name: z.string().trim().min(1).max(200) })
export const tenantAnswer = z.object({
  tenant_id: z.uuid(),
  name: z.string().nullable(),
  created_at: z.iso.datetime(),
})

export const newApiKeyBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  scopes: z.array(z.enum(['config:read', 'config:write'])).min(1),
  /** Days until it expires; absent: it does not. */
  expires_in_days: z.int().min(1).max(3650).optional(),
})
export const apiKeyParams = z.strictObject({ tenant_id: uuid, key_id: uuid })
export const apiKeyAnswer = z.object({
  key_id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  revoked_at: z.iso.datetime().nullable(),
})
/** The only answer that holds the key itself. */
export const newApiKeyAnswer = apiKeyAnswer.extend({ token: z.string() })
