import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalTod, LocalTodOptions } from '@tod/adapters'
import { scaledClock, systemClock } from '@tod/adapters'
import {
  readMasterKeyFile,
  readMasterKeyVariable,
  TransitSecretBox,
  type TransitSecretBoxOptions,
} from '@tod/adapters/crypto'
import { openPostgres } from '@tod/adapters/postgres'
import { PgBossQueue } from '@tod/adapters/queue'
import type { Clock } from '@tod/core'
import type { Logger } from 'pino'
import type { ServerConfig } from './config.js'
import type { AuthenticateOptions } from './http/authenticate.js'
import { Idempotency } from './http/idempotency.js'
import type { Services } from './http/services.js'
import { createTokenVerifier, type TokenTrust } from './http/token-verifier.js'
import { readOrCreateJwtSecret } from './jwt-secret-file.js'
import { recordDeviceChange } from './record-device-change.js'

async function chooseMasterKeys(config: ServerConfig): Promise<Pick<LocalTodOptions, 'masterKeys'>> {
  const { TOD_MASTER_KEY: variable, TOD_MASTER_KEY_FILE: file } = config
  if (variable !== undefined) {
    return { masterKeys: await readMasterKeyVariable('TOD_MASTER_KEY', { TOD_MASTER_KEY: variable }) }
  }
  return file === undefined ? {} : { masterKeys: await readMasterKeyFile(file) }
}

/** The Transit engine of the settings; undefined when they name none. */
export function openTransit(
  { TOD_TRANSIT_ADDRESS: address, TOD_TRANSIT_TOKEN: token, TOD_TRANSIT_MOUNT: mount }: ServerConfig,
  options: Pick<TransitSecretBoxOptions, 'foreignKeyName'> = {},
): TransitSecretBox | undefined {
  if (address === undefined || token === undefined) return undefined
  return new TransitSecretBox({ address, token, mount, ...options })
}

function chooseEncryption(
  config: ServerConfig,
): Pick<LocalTodOptions, 'encryption' | 'sealWith' | 'alsoReads'> {
  const { TOD_ENCRYPTION: encryption, TOD_READ_PLAINTEXT: plaintext } = config
  const transit = openTransit(config)
  const alsoReads = { plaintext, ...(transit === undefined ? {} : { transit }) }
  if (encryption !== 'transit') return { encryption, alsoReads }
  return { alsoReads, ...(transit === undefined ? {} : { sealWith: transit }) }
}

/** With PostgreSQL several machines share the scheduled backups; otherwise a queue in this process will do. */
export async function chooseQueue(config: ServerConfig): Promise<Pick<LocalTodOptions, 'queue'>> {
  const { TOD_DATABASE_URL: connectionString } = config
  if (connectionString === undefined || !config.TOD_BACKGROUND) return {}
  return { queue: await PgBossQueue.open({ connectionString, clock: chooseClock(config) }) }
}

const chooseClock = (config: ServerConfig): Clock =>
  config.TOD_CLOCK_SCALE === 1 ? systemClock : scaledClock(config.TOD_CLOCK_SCALE)

/** How the settings choose the parts of an installation. */
export async function localOptions(config: ServerConfig): Promise<LocalTodOptions> {
  const { TOD_DATABASE_URL: connectionString } = config
  return {
    directory: config.TOD_DATA,
    clock: chooseClock(config),
    ...chooseEncryption(config),
    ...(await chooseMasterKeys(config)),
    ...(connectionString === undefined ? {} : { database: await openPostgres({ connectionString }) }),
    defaults: { settleWindowMs: config.TOD_SETTLE_WINDOW_MS, onLockout: config.TOD_ON_LOCKOUT },
  }
}

/** What the routes use, made of an open installation. */
export function createServices(local: LocalTod, log: Logger): Services {
  const { tod, guard, clock, database, credentials } = local
  return {
    tod,
    guard,
    clock,
    credentials,
    devices: database.devices,
    hostKeys: database.hostKeys,
    tenants: database.tenants,
    apiKeys: database.apiKeys,
    events: tod.ports.events,
    idempotency: new Idempotency(database.idempotency),
    onBackgroundError: (error) => log.warn({ err: error }, 'background work failed'),
    deviceChanged: (scope, deviceId, change) => recordDeviceChange(local, scope, deviceId, change),
  }
}

/** Whom the server believes: an identity provider's keys, a secret from the settings, or its own generated one. */
export function jwtTrust(config: ServerConfig): TokenTrust {
  if (config.TOD_JWKS_URL !== undefined) return { kind: 'jwks-url', url: config.TOD_JWKS_URL }
  if (config.TOD_JWT_SECRET !== undefined) {
    return { kind: 'secret', secret: new TextEncoder().encode(config.TOD_JWT_SECRET) }
  }
  mkdirSync(config.TOD_DATA, { recursive: true, mode: 0o700 })
  return { kind: 'secret', secret: readOrCreateJwtSecret(join(config.TOD_DATA, 'jwt.secret')) }
}

/** How requests are authenticated. */
export function authOptions(config: ServerConfig, local: LocalTod): AuthenticateOptions {
  const system = local.guard.openSystemScope('maintenance')
  const { TOD_JWT_AUDIENCE: audience, TOD_JWT_ISSUER: issuer } = config
  const demands = { ...(audience !== undefined && { audience }), ...(issuer !== undefined && { issuer }) }
  return {
    verifyToken: createTokenVerifier(jwtTrust(config), demands),
    findApiKey: (hash) => local.database.apiKeys.findValid(system, hash),
  }
}
