import { z } from 'zod'

/** Any RFC 4122-shaped UUID, whatever its version; answered in lower case. */
export const uuid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'must be a UUID')
  .transform((value) => value.toLowerCase())

export const tenantParams = z.strictObject({ tenant_id: uuid })
export const deviceParams = z.strictObject({ tenant_id: uuid, device_id: uuid })

/**
 * What a client may send where a commit sha is meant: anything short. Text that is no sha, or an ambiguous short
 * one, is answered `404` like any unknown sha.
 */
export const commitSha = z.string().min(1).max(64)
export const revisionParams = z.strictObject({ tenant_id: uuid, device_id: uuid, commit_sha: commitSha })
export const operationParams = z.strictObject({ tenant_id: uuid, device_id: uuid, operation_id: uuid })
