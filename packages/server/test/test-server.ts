import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LocalTodOptions } from '@tod/adapters'
import {
  createClock,
  type SimulatedRouter,
  type SimulatorOptions,
  startSimulator,
  VirtualClock,
} from '@tod/routeros-sim'
import { createApiKey, hashApiKey } from '../src/http/api-key.js'
import { createLogger, mintToken, type RunningServer, readConfig, startServer } from '../src/index.js'

export const ids = {
  tenantA: 'a0000000-0000-4000-8000-000000000001',
  tenantB: 'b0000000-0000-4000-8000-000000000002',
  device: 'd0000000-0000-4000-8000-000000000001',
  unknown: 'f0000000-0000-4000-8000-00000000000f',
} as const

const jwtSecret = 'a secret for tests that is long enough for HS256'
/** The account on the simulated router. */
export const login = { username: 'admin', password: 'correct horse battery' }
const principal = { id: 'test', role: 'super_admin', tenantId: null } as const

export interface TestServer {
  readonly server: RunningServer
  readonly router: SimulatedRouter
  /** Folder of the installation. */
  readonly directory: string
  /** Everything the server logged. */
  readonly logLines: readonly string[]
  token(role: string, tenantId?: string, scopes?: readonly string[]): Promise<string>
  apiKey(tenantId: string, scopes: readonly string[]): Promise<string>
  /** Path below `/api/tenants`, with a token of an administrator of tenant A unless another is given. */
  administer(method: string, path: string, options?: CallOptions): Promise<Response>
  /** Path below the device's `config` routes, with a token of an operator unless another is given. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>
  /** Ends the server and starts another on the same folder. */
  restart(changes?: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

export interface CallOptions {
  readonly token?: string | null
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly tenantId?: string
  readonly deviceId?: string
}

export interface TestServerOptions {
  readonly simulator?: Omit<SimulatorOptions, 'clock'>
  readonly env?: Readonly<Record<string, string>>
  /** Parts in place of those that the server would make. */
  readonly parts?: Partial<LocalTodOptions>
}

/**
 * A server on a loopback port, a simulated router over real SSH, one virtual clock for both; real time where a database
 * is handed in.
 */
export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  // What a database in another process is doing a virtual clock cannot see: it would run ahead, or never move.
  const clock = options.parts?.database === undefined ? new VirtualClock() : createClock('real')
  const directory = await mkdtemp(join(tmpdir(), 'tod-server-'))
  const simulator = await startSimulator({
    ...(options.simulator?.config === undefined && { version: '7.16.1' }),
    user: login.username,
    password: login.password,
    deadTimeMs: 40_000,
    ...options.simulator,
    clock,
  })
  const logLines: string[] = []
  const log = createLogger('info', { write: (line: string) => void logLines.push(line) })
  const parts: Partial<LocalTodOptions> = { clock, ...options.parts }
  const start = (changes: Readonly<Record<string, string>> = {}) => {
    const base = { TOD_DATA: directory, TOD_JWT_SECRET: jwtSecret, PORT: '0', TOD_BACKGROUND: 'no' }
    return startServer(readConfig({ ...base, ...options.env, ...changes }), log, parts)
  }
  let server = await start()

  const { local } = server
  const scope = await local.guard.enter(principal, ids.tenantA, 'administer')
  await local.database.tenants.put(scope, { name: 'tenant a' })
  const port = simulator.router.listeners[0]?.port ?? 0
  await local.database.devices.put(scope, { deviceId: ids.device, name: 'gw', host: '127.0.0.1', port })
  await local.credentials.put(scope, ids.device, login)

  const token: TestServer['token'] = (role, tenantId, scopes) =>
    mintToken(
      new TextEncoder().encode(jwtSecret),
      {
        subject: ids.unknown,
        role,
        ...(tenantId === undefined ? {} : { tenantId }),
        ...(scopes === undefined ? {} : { scopes }),
      },
      3600,
    )
  const operator = await token('operator', ids.tenantA)
  const administrator = await token('tenant_admin', ids.tenantA)

  function send(method: string, path: string, given: string | null, { body, headers }: CallOptions) {
    return fetch(`${server.url}/api/tenants${path}`, {
      method,
      headers: {
        ...(given === null ? {} : { authorization: `Bearer ${given}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }

  return {
    get server() {
      return server
    },
    router: simulator.router,
    directory,
    logLines,
    token,
    async apiKey(tenantId, scopes) {
      const text = createApiKey()
      const owner = await server.local.guard.enter(principal, tenantId, 'administer')
      await server.local.database.apiKeys.add(owner, { name: 'test', keyHash: hashApiKey(text), scopes })
      return text
    },
    administer: (method, path, options = {}) =>
      send(method, path, options.token === undefined ? administrator : options.token, options),
    call(method, path, options = {}) {
      const { token: given = operator, tenantId = ids.tenantA, deviceId = ids.device } = options
      return send(method, `/${tenantId}/devices/${deviceId}/config${path}`, given, options)
    },
    async restart(changes) {
      await server.stop()
      server = await start(changes)
    },
    async close() {
      await server.stop()
      await simulator.stop()
      if (clock instanceof VirtualClock) clock.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
