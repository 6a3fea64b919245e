import {
  KeyRing,
  LibsodiumSecretBox,
  MirroredWrappedKeyStore,
  PlaintextSecretBox,
  staticKeyProvider,
  toMasterKey,
} from '@tod/adapters/crypto'
import { GitRepositoryMaintenance, GitWrappedKeyStore, IsomorphicGitStore } from '@tod/adapters/git'
import { openPostgres } from '@tod/adapters/postgres'
import { type OpenedDatabase, openSqlite } from '@tod/adapters/sqlite'
import { SshTransport } from '@tod/adapters/ssh'
import {
  createTod,
  type RetentionPolicy,
  RetentionService,
  singleTenant,
  type TenantScope,
  type Tod,
} from '@tod/core'

/** Where an installation keeps its things; handed to each process as JSON. */
export interface InstallationPlace {
  readonly repositories: string
  /** Nothing is sealed, credentials neither: to show that a search for plaintext finds it. */
  readonly isPlaintext?: boolean
  readonly sqliteFile?: string
  readonly postgres?: {
    readonly connectionString: string
    readonly appRole: string
    readonly systemRole: string
  }
}

/** Services over real SSH, git and database, as several processes open them at once. */
export interface Installation {
  readonly tod: Tod
  readonly scope: TenantScope
  readonly database: OpenedDatabase
  readonly credentials: ReturnType<OpenedDatabase['credentials']>
  readonly git: IsomorphicGitStore
  readonly maintenance: GitRepositoryMaintenance
  readonly retention: RetentionService
  close(): Promise<void>
}

/** What retention leaves: checkpoints always, and of the others the newest. */
export const retentionPolicy: RetentionPolicy = { last: 5 }

/** Killed processes leave locks behind: they are taken over soon, so that the test goes on. */
const lock = { waitMs: 20_000, staleAfterMs: 1500, packedRefsStaleAfterMs: 1500 }

/** Opens the installation. */
export async function openInstallation(place: InstallationPlace): Promise<Installation> {
  const { guard, scope } = singleTenant()
  const database =
    place.postgres === undefined
      ? await openSqlite({ file: place.sqliteFile ?? ':memory:' })
      : await openPostgres(place.postgres)
  const root = place.repositories
  const masterKeys = staticKeyProvider([await toMasterKey(new Uint8Array(32).fill(7))])
  const store = new MirroredWrappedKeyStore(database.wrappedKeys, new GitWrappedKeyStore({ root, lock }))
  const sealing = new LibsodiumSecretBox(new KeyRing({ masterKeys, store, now: () => Date.now() }))
  const secretBox = place.isPlaintext ? new PlaintextSecretBox() : sealing
  const credentials = database.credentials(secretBox)
  const git = new IsomorphicGitStore({ root, lock })
  const maintenance = new GitRepositoryMaintenance({ root, lock })
  const tod = createTod({ ...database, guard, transport: new SshTransport(), credentials, git, secretBox })
  return {
    tod,
    scope,
    database,
    credentials,
    git,
    maintenance,
    retention: new RetentionService(tod.ports, maintenance),
    async close() {
      await git.close()
      await maintenance.close()
      await database.close()
    },
  }
}
