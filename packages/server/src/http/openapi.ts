import { permissionRequirements } from '@tod/core'
import { z } from 'zod'
import type { Route } from './route.js'

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

function operationOf(route: Route) {
  const answers = Object.entries(route.answers).map(([status, { description, schema, contentType }]) => [
    status,
    {
      description,
      content: {
        [contentType ?? 'application/json']: {
          schema: schema === undefined ? { type: 'string', format: 'binary' } : jsonSchema(schema, 'output'),
        },
      },
    },
  ])
  const { scope, leastRole } = permissionRequirements[route.permission]
  return {
    summary: route.summary,
    description: `Least role: ${leastRole}. Scope of an API key: ${scope}.${
      route.limitPerMinute === undefined ? '' : ` At most ${route.limitPerMinute} a minute.`
    }`,
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body, 'input') } },
          },
        }),
    responses: {
      ...Object.fromEntries(answers),
      default: {
        description: 'What went wrong',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

/** The OpenAPI 3.1 page of the given routes, made from the very schemas that check requests. */
export function openapiPage(routes: readonly Route[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = paths[route.path] ?? {}
    path[route.method] = operationOf(route)
    paths[route.path] = path
  }
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
