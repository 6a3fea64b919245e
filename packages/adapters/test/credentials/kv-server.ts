import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A small server that answers like the KV engine (version 2) of OpenBao: read, write, metadata, delete. */
export interface KvServer {
  readonly address: string
  /** Secrets by path below the mount, newest version. */
  readonly secrets: Map<string, unknown>
  /** Paths as they came, for looking at what was asked. */
  readonly requested: string[]
  /** The next answers have this status, or none is given at all. */
  fault: number | 'silence' | 'garbage' | undefined
  stop(): Promise<void>
}

/** Starts it; requests need this token. */
export async function startKvServer(token: string): Promise<KvServer> {
  const secrets = new Map<string, unknown>()
  const requested: string[] = []
  const server = createServer((request, response) => {
    requested.push(request.url ?? '')
    if (kv.fault === 'silence') return
    if (kv.fault === 'garbage') return void response.end('{"data": {"password": "in the open')
    if (kv.fault !== undefined) return send(response, kv.fault, { errors: ['a fault'] })
    if (request.headers['x-vault-token'] !== token)
      return send(response, 403, { errors: ['permission denied'] })
    answer(request, response, secrets).catch(() => send(response, 400, { errors: ['bad request'] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const kv: KvServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    requested,
    fault: undefined,
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return kv
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  secrets: Map<string, unknown>,
): Promise<void> {
  const match = /^\/v1\/secret\/(data|metadata)\/(.+)$/.exec(request.url ?? '')
  const [, endpoint, path = ''] = match ?? []
  const isThere = secrets.has(path)
  if (endpoint === 'data' && request.method === 'POST') {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    secrets.set(path, (JSON.parse(text) as { data: unknown }).data)
    return send(response, 200, { data: { version: 1 } })
  }
  if (!isThere) return send(response, 404, { errors: [] })
  if (endpoint === 'data')
    return send(response, 200, { data: { data: secrets.get(path), metadata: { version: 1 } } })
  if (request.method !== 'DELETE') return send(response, 200, { data: { current_version: 1 } })
  secrets.delete(path)
  response.writeHead(204).end()
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
