import express, { type RequestHandler, type Router } from 'express'
import { HttpError } from './http-error.js'
import { expressPath, type RouteDocument } from './route.js'

const refuse =
  (allowed: string): RequestHandler =>
  (req, _res, next) => {
    // Express answers OPTIONS itself, by the routes it has passed.
    if (req.method === 'OPTIONS') return next()
    throw new HttpError(405, 'METHOD_NOT_ALLOWED', 'Method Not Allowed', { Allow: allowed })
  }

/** Answers `405` and what there is for an address that exists; to be mounted behind the routes themselves. */
export function methodNotAllowed(routes: readonly RouteDocument[]): Router {
  const methods = new Map<string, string[]>()
  for (const { path, method } of routes) {
    const names = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]
    methods.set(path, [...(methods.get(path) ?? []), ...names])
  }
  const router = express.Router()
  for (const [path, names] of methods) router.all(expressPath(path), refuse(names.sort().join(', ')))
  return router
}
