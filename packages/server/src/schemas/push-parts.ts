import { z } from 'zod'

/** Verdict of the lock-out analysis; `at-risk` where it cannot tell. */
export const lockoutPart = z.object({
  verdict: z.enum(['safe', 'lockout', 'at-risk']),
  trace: z.array(z.string()),
})

/** One difference by meaning, secrets masked. */
export const changePart = z.object({
  path: z.string(),
  kind: z.string(),
  item: z.string(),
  properties: z.array(
    z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
})

/** What is left to do, secrets masked. */
export const residualPart = z.object({ path: z.string(), kind: z.string(), summary: z.string() })

/** Something of the target that the plan does not do. */
export const unsupportedPart = z.object({
  code: z.string(),
  path: z.string(),
  item: z.string(),
  property: z.string().nullable(),
  reason: z.string(),
})

export const timelinePart = z.object({
  state: z.string(),
  at: z.iso.datetime(),
  message: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

/** Why a push did not end `committed`. */
export const failurePart = z.object({
  reason: z.string(),
  statement_index: z.int().nullable(),
  statement: z.string().nullable(),
  device_text: z.string().nullable(),
})
