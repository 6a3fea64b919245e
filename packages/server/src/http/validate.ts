import type { z } from 'zod'
import { type InvalidValue, invalidRequest } from './http-error.js'

type Place = 'path' | 'query' | 'body'

/** Checks one part of a request; throws `422` with a line for each refused value. */
export function validate<T>(schema: z.ZodType<T>, value: unknown, place: Place): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalidRequest(
    result.error.issues.flatMap((issue): InvalidValue[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            loc: [place, ...issue.path.map(String), key],
            msg: 'Extra inputs are not permitted',
            type: 'extra_forbidden',
          }))
        : [{ loc: [place, ...issue.path.map(String)], msg: issue.message, type: issue.code }],
    ),
  )
}
