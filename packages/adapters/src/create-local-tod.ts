import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Clock,
  createTod,
  decideAccess,
  defineTenantGuard,
  type JobQueue,
  RetentionService,
  type SecretBox,
  StorageUnavailableError,
  type TenantGuard,
  type TenantSettings,
  type TenantSettingsStore,
  type Tod,
  type WrappedKeyStore,
  type WritableCredentialStore,
} from '@tod/core'
import {
  type KeyProvider,
  KeyRing,
  LibsodiumSecretBox,
  MirroredWrappedKeyStore,
  PlaintextSecretBox,
  TieredSecretBox,
} from './crypto/index.js'
import { GitRepositoryMaintenance, GitWrappedKeyStore, IsomorphicGitStore } from './git/index.js'
import { localMasterKeys } from './local-master-keys.js'
import { type OpenedDatabase, openSqlite } from './sqlite/index.js'
import { SshTransport } from './ssh/index.js'
import { systemClock } from './system-clock.js'

export interface LocalTodOptions {
  /** Folder for the database, the repositories and the master key; made (mode 0700) when absent. */
  readonly directory: string
  /** Who may do what; default: the roles and scopes of the reference server. */
  readonly guard?: TenantGuard
  /** Default: the file `master.key` in the folder, generated when the folder is new. */
  readonly masterKeys?: KeyProvider
  /** An open database; default: the SQLite file `tod.sqlite` in the folder. */
  readonly database?: OpenedDatabase
  /**
   * `local` (the default) seals content with the master key. `plaintext` stores it as it is and is chosen by this name
   * only; what is plaintext stays readable then. Credentials are sealed in either case.
   */
  readonly encryption?: 'local' | 'plaintext'
  /** Seals in place of the local keys, for example a Transit engine; what local keys sealed stays readable. */
  readonly sealWith?: SecretBox
  /** What was stored under an earlier setting and is to stay readable; what local keys sealed always is. */
  readonly alsoReads?: {
    /** Content that was stored as it is. Who may write to the repository can then put text there that passes for it. */
    readonly plaintext?: boolean
    /** Opens what a Transit engine has sealed. */
    readonly transit?: SecretBox
  }
  /** Shares the work of scheduled backups between processes; default: a queue in this one. */
  readonly queue?: JobQueue
  readonly clock?: Clock
  /** Settings of tenants that have none of their own. */
  readonly defaults?: Partial<TenantSettings>
}

/** A @tod that needs nothing but a folder, with the parts that hosts reach for. */
export interface LocalTod {
  readonly tod: Tod
  readonly guard: TenantGuard
  readonly clock: Clock
  readonly database: OpenedDatabase
  readonly credentials: WritableCredentialStore
  readonly git: IsomorphicGitStore
  /** Folder of the tenants' repositories. */
  readonly repositories: string
  readonly maintenance: GitRepositoryMaintenance
  readonly retention: RetentionService
  readonly keys: KeyRing
  readonly masterKeys: KeyProvider
  readonly wrappedKeys: WrappedKeyStore
  /** Waits for what is being written and closes. */
  close(): Promise<void>
}

function openBoxes(keys: KeyRing, { encryption = 'local', sealWith, alsoReads = {} }: LocalTodOptions) {
  const local = new LibsodiumSecretBox(keys)
  const plaintext = new PlaintextSecretBox()
  const isPlaintext = encryption === 'plaintext'
  const sealed = sealWith ?? local
  const transit = alsoReads.transit ?? sealWith
  const readable = { local, ...(transit === undefined ? {} : { transit }) }
  return {
    content: new TieredSecretBox({
      ...readable,
      current: isPlaintext ? plaintext : sealed,
      ...(isPlaintext || alsoReads.plaintext ? { plaintext } : {}),
    }),
    credentials: new TieredSecretBox({ ...readable, current: isPlaintext ? local : sealed }),
  }
}

/** A tenant's own settings, and for what is missing those of the installation. */
function withDefaults(settings: TenantSettingsStore, defaults: Partial<TenantSettings>): TenantSettingsStore {
  return { find: async (scope) => ({ ...defaults, ...(await settings.find(scope)) }) }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new StorageUnavailableError({ store: 'data folder' }, { cause })
  }
}

/**
 * The embedded default: SQLite, git repositories and a generated master key in one folder. Several processes may use
 * the same folder.
 *
 * @throws STORAGE_UNAVAILABLE · STORAGE_CORRUPT · STORAGE_FULL · KEY_SERVICE_UNAVAILABLE when no key can be written
 * @example
 * const { tod, guard } = await createLocalTod({ directory: '.tod' })
 */
export async function createLocalTod(options: LocalTodOptions): Promise<LocalTod> {
  const { directory } = options
  const repositories = join(directory, 'repositories')
  const isNew = !existsSync(repositories)
  makeFolder(directory)
  const masterKeys = options.masterKeys ?? (await localMasterKeys(join(directory, 'master.key'), isNew))
  const database = options.database ?? (await openSqlite({ file: join(directory, 'tod.sqlite') }))
  makeFolder(repositories)

  const clock = options.clock ?? systemClock
  const guard = options.guard ?? defineTenantGuard(decideAccess)
  // The copy in the repositories makes them, with the master key, a full backup.
  const keyCopies = new GitWrappedKeyStore({ root: repositories })
  const wrappedKeys = new MirroredWrappedKeyStore(database.wrappedKeys, keyCopies)
  const keys = new KeyRing({ masterKeys, store: wrappedKeys, now: () => clock.now() })
  const boxes = openBoxes(keys, options)
  const credentials = database.credentials(boxes.credentials)
  const git = new IsomorphicGitStore({ root: repositories })
  const maintenance = new GitRepositoryMaintenance({ root: repositories })
  const tod = createTod({
    ...database,
    clock,
    guard,
    transport: new SshTransport(),
    credentials,
    git,
    secretBox: boxes.content,
    settings: withDefaults(database.settings, options.defaults ?? {}),
    ...(options.queue === undefined ? {} : { queue: options.queue }),
  })
  const close = async () => {
    await tod.queue.stop()
    await Promise.all([git.close(), maintenance.close(), keyCopies.close()])
    await database.close()
  }
  return {
    tod,
    guard,
    clock,
    database,
    credentials,
    git,
    repositories,
    maintenance,
    retention: new RetentionService(tod.ports, maintenance),
    keys,
    masterKeys,
    wrappedKeys,
    close,
  }
}
