import { permissionRequirements } from '@tod/core'
import { z } from 'zod'
import type { Route, RouteAnswer, RouteDocument } from './route.js'

const errorBody = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), type: z.string() })),
  ]),
  code: z.string(),
  request_id: z.string(),
})

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query') {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input')
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }))
}

const headerParameter = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
})

function answerOf({ description, schema, contentType }: RouteAnswer) {
  if (schema === undefined && contentType === undefined) return { description }
  const content = schema === undefined ? { type: 'string', format: 'binary' } : jsonSchema(schema, 'output')
  return { description, content: { [contentType ?? 'application/json']: { schema: content } } }
}

function operationOf(route: RouteDocument, headers: readonly object[]) {
  const { summary, description, isOpen, params, query, body, answers } = route
  const statuses = Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])
  return {
    summary,
    ...(description !== undefined && { description }),
    ...(isOpen === true && { security: [] }),
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query'), ...headers],
    ...(body !== undefined && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { 'application/json': { schema: jsonSchema(body, 'input') } },
      },
    }),
    responses: {
      ...Object.fromEntries(statuses),
      default: {
        description: 'What went wrong',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

/** What the checks of a mounted route mean for its callers. */
function checkedOperation(route: Route) {
  const { scope, leastRole } = permissionRequirements[route.permission]
  const limit = route.limitPerMinute === undefined ? '' : ` At most ${route.limitPerMinute} a minute.`
  const description = `Least role: ${leastRole}. Scope of an API key: ${scope}.${limit}`
  const headers = [
    ...(route.method === 'post'
      ? [headerParameter('Idempotency-Key', 'The same key gets the first answer again, for a day.')]
      : []),
    ...(route.mayAnswerLater === true
      ? [headerParameter('Prefer', '`respond-async` is answered at once, with the address of the operation.')]
      : []),
  ]
  return operationOf({ ...route, description }, headers)
}

/** The OpenAPI 3.1 page of the given routes, made from the very schemas that check requests. */
export function openapiPage(routes: readonly Route[], others: readonly RouteDocument[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  const add = ({ path, method }: RouteDocument, operation: object) => {
    paths[path] = { ...paths[path], [method]: operation }
  }
  for (const route of routes) add(route, checkedOperation(route))
  for (const route of others) add(route, operationOf(route, []))
  return {
    openapi: '3.1.0',
    info: { title: '@tod reference server', version },
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      schemas: { Error: jsonSchema(errorBody, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'access_token' },
      },
    },
  }
}
