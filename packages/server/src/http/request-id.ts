import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'

/** A caller's own id is taken over when it is short and harmless to print; anything else gets a new one. */
const acceptable = /^[A-Za-z0-9._-]{1,64}$/

/** Gives every request an id that its answer, its log lines and its error body carry. */
export const requestId: RequestHandler = (req, res, next) => {
  const offered = req.get('x-request-id')
  const id = offered !== undefined && acceptable.test(offered) ? offered : randomUUID()
  res.locals.requestId = id
  res.setHeader('X-Request-Id', id)
  next()
}
