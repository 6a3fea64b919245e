import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

/** One line for each answered request. The path is logged, never query or headers: they may hold tokens. */
export function logRequest(log: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now()
    res.on('close', () => {
      log.info(
        {
          requestId: res.locals.requestId,
          method: req.method,
          path: req.path,
          status: res.statusCode,
          durationMs: Math.round(performance.now() - startedAt),
          principal: res.locals.principal?.id,
        },
        res.writableFinished ? 'answered' : 'client went away',
      )
    })
    next()
  }
}
