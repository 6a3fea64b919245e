import { SshTransport } from '@tod/adapters/ssh'
import { createTod, type PushJournal, type PushState, type Tod, type TodPorts } from '@tod/core'
import {
  InMemoryAuditLog,
  InMemoryCredentialStore,
  InMemoryDeviceDirectory,
  InMemoryDeviceLock,
  InMemoryGitStore,
  InMemoryHostKeyStore,
  InMemoryPushJournal,
  InMemoryRunRepository,
  InMemoryScheduleRepository,
  InMemorySecretBox,
  InMemoryTenantSettingsStore,
  openGuard,
  testIds,
  testScope,
} from '@tod/core/testing'
import { type SimulatedRouter, type SimulatorOptions, startSimulator, VirtualClock } from '@tod/routeros-sim'

export const fieldScope = testScope()
export const fieldDevice = testIds.device1
const login = { username: 'admin', password: 'correct horse battery' }

/**
 * A router behind real SSH on a virtual clock, with storage in memory: thousands of pushes are tried on it, and what
 * is stored has suites of its own.
 */
export interface FaultField {
  readonly router: SimulatedRouter
  readonly clock: VirtualClock
  readonly ports: TodPorts
  readonly transport: SshTransport
  /** Services over the same storage, with some ports exchanged: another process. */
  process(changes?: Partial<TodPorts>): Tod
  /** Runs one command line on the router, over a connection of its own. */
  run(command: string): Promise<string>
  close(): Promise<void>
}

/** Opens a field; close it when the cell is over. */
export async function openFaultField(options: Omit<SimulatorOptions, 'clock'>): Promise<FaultField> {
  const clock = new VirtualClock({ quietMs: 0.5 })
  const simulator = await startSimulator({
    user: login.username,
    password: login.password,
    deadTimeMs: 40_000,
    ...options,
    clock,
  })
  const { router } = simulator
  const devices = new InMemoryDeviceDirectory()
  const credentials = new InMemoryCredentialStore()
  const device = { deviceId: fieldDevice, name: 'office', host: '127.0.0.1', port: router.port }
  await devices.put(fieldScope, device)
  await credentials.put(fieldScope, fieldDevice, login)
  const transport = new SshTransport()
  const ports: TodPorts = {
    clock,
    guard: openGuard,
    transport,
    devices,
    credentials,
    hostKeys: new InMemoryHostKeyStore(),
    git: new InMemoryGitStore(),
    secretBox: new InMemorySecretBox(),
    runs: new InMemoryRunRepository(),
    schedules: new InMemoryScheduleRepository(),
    locks: new InMemoryDeviceLock(clock),
    journal: new InMemoryPushJournal(),
    audit: new InMemoryAuditLog(),
    settings: new InMemoryTenantSettingsStore(),
  }
  return {
    router,
    clock,
    ports,
    transport,
    process: (changes = {}) => createTod({ ...ports, ...changes }),
    async run(command) {
      const connection = await transport.connect({
        ...device,
        credentials: login,
        verifyHostKey: async () => {},
      })
      try {
        return new TextDecoder().decode((await connection.exec(command)).output)
      } finally {
        await connection.close()
      }
    },
    async close() {
      await simulator.stop()
      clock.close()
    },
  }
}

/** A journal that tells of each state after it was written and before the act that it announces. */
export function watchedJournal(
  journal: PushJournal,
  onState: (state: PushState) => Promise<void> | void,
): PushJournal {
  return {
    async open(...args) {
      const opened = await journal.open(...args)
      await onState('locked')
      return opened
    },
    async append(scope, operationId, step, fencingToken) {
      const appended = await journal.append(scope, operationId, step, fencingToken)
      await onState(step.state)
      return appended
    },
    find: (...args) => journal.find(...args),
    list: (...args) => journal.list(...args),
    listOpen: (...args) => journal.listOpen(...args),
  }
}
