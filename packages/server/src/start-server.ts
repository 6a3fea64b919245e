import { createLocalTod, type LocalTod, type LocalTodOptions } from '@tod/adapters'
import type { Logger } from 'pino'
import { checkRoom } from './check-room.js'
import type { ServerConfig } from './config.js'
import { createApp } from './create-app.js'
import type { Services } from './http/services.js'
import { listen } from './listen.js'
import { createLogger } from './logger.js'
import { authOptions, chooseQueue, createServices, localOptions } from './wiring.js'

/** A server that runs. */
export interface RunningServer {
  readonly host: string
  readonly port: number
  readonly url: string
  readonly local: LocalTod
  readonly services: Services
  /** Ends event streams, lets requests and background work end, closes the database. A second call waits for the first. */
  stop(): Promise<void>
}

/** Requests that still run when the server stops get this long. */
const drainMs = 30_000

export const serverVersion = '0.1.0'

/** The database answers, there is room for backups, and the keys fit what is stored. */
async function checkInstallation(local: LocalTod): Promise<void> {
  await local.database.check()
  await checkRoom(local.repositories)
  const system = local.guard.openSystemScope('maintenance')
  for (const { tenantId } of await local.database.tenants.list(system)) {
    await local.keys.check(local.guard.enterAsSystem(system, tenantId, 'read'))
  }
}

/**
 * Opens the installation, recovers what an earlier process left open, and listens.
 *
 * @param parts in place of what the settings choose, for hosts with parts of their own
 *
 * @throws TypeError port in use, settings not usable · STORAGE_*
 */
export async function startServer(
  config: ServerConfig,
  log: Logger = createLogger(config.LOG_LEVEL),
  parts: Partial<LocalTodOptions> = {},
): Promise<RunningServer> {
  const local = await createLocalTod({
    ...(await localOptions(config)),
    ...(await chooseQueue(config)),
    ...parts,
  })
  const closing = new AbortController()
  const services = createServices(local, log)
  const checkReady = () => checkInstallation(local)
  await checkReady().catch((error: unknown) => log.error({ err: error }, 'the installation is not ready'))
  // A crash between a commit and its row, or between a drop and its rows, is made good before anybody looks.
  await local.retention.finishAll().catch(services.onBackgroundError)
  await local.tod.reindex.repairAll().catch(services.onBackgroundError)
  const app = createApp({
    services,
    auth: authOptions(config, local),
    log,
    checkReady,
    closing: closing.signal,
    version: serverVersion,
  })
  const host = config.TOD_HOST
  const { server, port } = await listen(app, { host, port: config.PORT, isStrict: config.TOD_PORT_STRICT })
  const background = config.TOD_BACKGROUND
    ? runBackground(local, services, closing.signal)
    : Promise.resolve()
  log.info({ host, port }, 'listening')

  let stopped: Promise<void> | undefined
  const stopOnce = async () => {
    closing.abort()
    const drained = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    const timer = setTimeout(() => server.closeAllConnections(), drainMs)
    await drained
    clearTimeout(timer)
    await background
    await local.close()
    log.info('stopped')
  }
  const stop = () => {
    stopped ??= stopOnce()
    return stopped
  }
  return { host, port, url: `http://${host}:${port}`, local, services, stop }
}

async function runBackground(local: LocalTod, services: Services, signal: AbortSignal): Promise<void> {
  const { tod, guard } = local
  const onError = services.onBackgroundError
  await tod.schedules.adoptDevices(guard.openSystemScope('dispatch')).catch(onError)
  await tod.runBackground({ signal, onError })
}
