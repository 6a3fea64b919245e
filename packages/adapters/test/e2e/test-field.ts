import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeyRing, LibsodiumSecretBox, staticKeyProvider, toMasterKey } from '@tod/adapters/crypto'
import { IsomorphicGitStore } from '@tod/adapters/git'
import { openSqlite } from '@tod/adapters/sqlite'
import { SshTransport } from '@tod/adapters/ssh'
import {
  type BackupEntry,
  type Clock,
  createTod,
  type DeviceCredentials,
  type PushJournal,
  type PushState,
  type TenantSettings,
  type Tod,
  type TodPorts,
} from '@tod/core'
import { InMemoryDeviceLock, openGuard, testIds, testScope } from '@tod/core/testing'
import {
  type SimClock,
  type SimulatedRouter,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  VirtualClock,
} from '@tod/routeros-sim'

/** A router, and everything of ours around it: real SSH, real git on disk, SQLite in memory, one virtual clock. */
export interface TestField {
  readonly simulator: Simulator
  readonly router: SimulatedRouter
  readonly tod: Tod
  readonly clock: Clock
  readonly repositories: string
  /** Backs the router up. */
  backUp(trigger?: 'manual' | 'checkpoint'): Promise<BackupEntry>
  /** Runs one command line on the router, over a connection of its own. @param via name of a listener. */
  run(command: string, via?: string): Promise<string>
  /** Puts another router in the place of ours, on the same clock, its host key accepted. It ends with the field. */
  exchange(options: Omit<SimulatorOptions, 'clock'>): Promise<Simulator>
  /** Makes our device be reached by another port of this machine. @param host what ours dials; default this machine. */
  moveTo(port: number, host?: string): Promise<void>
  /** Makes ours log in with another account. */
  logInAs(credentials: DeviceCredentials): Promise<void>
  /** Makes our device be reached by another listener. */
  reachBy(via: string): Promise<void>
  /** A second set of services over the same storage, as after a restart of the process. */
  restart(changes?: Partial<TodPorts>): Tod
  /** The ports of the field's own process, for processes of a test's own making. */
  readonly ports: TodPorts
  close(): Promise<void>
}

/** What to vary. */
export interface TestFieldOptions extends Omit<SimulatorOptions, 'clock'> {
  readonly settings?: Partial<TenantSettings>
  /** Default: a virtual clock of its own. */
  readonly clock?: SimClock
  /** Called after a state of a push was journaled and before the act that it announces. */
  readonly onState?: (state: PushState, field: TestField) => Promise<void> | void
}

export const fieldScope = testScope()
export const fieldDevice = testIds.device1
/** The account that ours logs in with. */
export const fieldLogin = { username: 'admin', password: 'correct horse battery' }

/** Opens a field; close it when the test is over. */
export async function openTestField(options: TestFieldOptions = {}): Promise<TestField> {
  const { settings, onState, clock = new VirtualClock(), ...simulatorOptions } = options
  const start = (more: Omit<SimulatorOptions, 'clock'>) =>
    startSimulator({
      version: '7.16.1',
      user: fieldLogin.username,
      password: fieldLogin.password,
      deadTimeMs: 40_000,
      ...more,
      clock,
    })
  const simulator = await start(simulatorOptions)
  const others: Simulator[] = []
  const { router } = simulator
  const database = await openSqlite({ file: ':memory:' })
  const repositories = await mkdtemp(join(tmpdir(), 'tod-e2e-'))
  const masterKeys = staticKeyProvider([await toMasterKey(new Uint8Array(32).fill(7))])
  const keys = new KeyRing({ masterKeys, store: database.wrappedKeys, now: () => clock.now() })
  const secretBox = new LibsodiumSecretBox(keys)
  const credentials = database.credentials(secretBox)
  const transport = new SshTransport()
  const git = new IsomorphicGitStore({ root: repositories })
  if (settings !== undefined) await database.settings.put?.(fieldScope, settings)
  const portOf = (via?: string) =>
    (via === undefined ? router.listeners[0] : router.listeners.find((one) => one.name === via))?.port ?? 0
  const reachBy = (via?: string) => moveTo(portOf(via))
  const moveTo = async (port: number, host = '127.0.0.1') => {
    await database.devices.put(fieldScope, { deviceId: fieldDevice, name: 'office', host, port })
  }
  await reachBy()
  await credentials.put(fieldScope, fieldDevice, fieldLogin)
  // On the virtual clock, so that a lease runs out with it; the database's own has its contract suite.
  const locks = new InMemoryDeviceLock(clock)
  const ports: TodPorts = {
    ...database,
    locks,
    clock,
    guard: openGuard,
    transport,
    credentials,
    git,
    secretBox,
  }
  const restart = (changes: Partial<TodPorts> = {}) => createTod({ ...ports, ...changes })
  const watched: PushJournal = {
    open: (...args) => database.journal.open(...args),
    find: (...args) => database.journal.find(...args),
    list: (...args) => database.journal.list(...args),
    listOpen: (...args) => database.journal.listOpen(...args),
    async append(scope, operationId, step, fencingToken) {
      const appended = await database.journal.append(scope, operationId, step, fencingToken)
      await onState?.(step.state, field)
      return appended
    },
  }
  const tod = restart(onState === undefined ? {} : { journal: watched })
  const field: TestField = {
    simulator,
    router,
    tod,
    clock,
    repositories,
    restart,
    ports,
    backUp: (trigger = 'manual') => tod.backups.backUp(fieldScope, { deviceId: fieldDevice, trigger }),
    reachBy,
    moveTo,
    async exchange(more) {
      const other = await start(more)
      others.push(other)
      await database.hostKeys.forget(fieldScope, fieldDevice)
      await moveTo(other.router.listeners[0]?.port ?? other.router.port)
      return other
    },
    logInAs: (other) => credentials.put(fieldScope, fieldDevice, other),
    async run(command, via) {
      const connection = await transport.connect({
        deviceId: fieldDevice,
        host: '127.0.0.1',
        port: portOf(via),
        credentials: fieldLogin,
        verifyHostKey: async () => {},
      })
      try {
        return new TextDecoder().decode((await connection.exec(command)).output)
      } finally {
        await connection.close()
      }
    },
    async close() {
      for (const each of [simulator, ...others]) await each.stop()
      if (clock instanceof VirtualClock) clock.close()
      await database.close()
      await rm(repositories, { recursive: true, force: true })
    },
  }
  return field
}
