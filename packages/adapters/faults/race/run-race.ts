import { CoreError, createTod, type RestoreRequest, type TodPorts } from '@tod/core'
import {
  FakeClock,
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
import { MortalProcess } from '../../test/e2e/mortal-process.js'
import { ModelRouter } from './model-router.js'
import { modelTransport } from './model-transport.js'

const scope = testScope()
const deviceId = testIds.device1

/** One restore over a bad network to a router with a bad clock. */
export interface RaceResult {
  readonly seed: number
  readonly end: string
  /** The process died before it could tell anybody. */
  readonly died: boolean
  readonly violations: readonly string[]
}

/** Runs the restore of a seed to its end, recovery included, and two hours more. */
export async function runRace(seed: number): Promise<RaceResult> {
  const random = generator(seed)
  const clock = new FakeClock()
  const between = (least: number, most: number) => least + random() * (most - least)
  const often = random() < 0.5 ? 0 : between(0, 0.06)
  const breaking = random() < 0.6 ? 0 : between(0, 0.04)
  const slowest = random() < 0.7 ? 400 : 4000
  const jumpCount = random() < 0.5 ? 0 : Math.ceil(random() * 3)
  const router = new ModelRouter(clock, {
    clockRate: 1 + between(-0.001, 0.001),
    jumps: Array.from({ length: jumpCount }, () => ({
      at: between(45_000, 320_000),
      byMs: between(-1, 1) * (random() < 0.5 ? 7_200_000 : 120_000),
    })).sort((one, other) => one.at - other.at),
    loadMs: between(500, 45_000),
    bootMs: between(15_000, 90_000),
    importMs: between(50, 25_000),
  })
  // In every other race the trouble begins with the guard: most pushes would else be given up before it.
  const sparesBeginning = random() < 0.5
  const isOn = () => !sparesBeginning || router.entries.length > 0
  const network = {
    latencyMs: () => between(2, slowest),
    stallMs: () => (isOn() && random() < often ? between(1000, 120_000) : 0),
    breaks: () => isOn() && random() < breaking,
  }
  const calm = { latencyMs: () => 20, stallMs: () => 0, breaks: () => false }
  const ports = portsOver(clock)
  await ports.devices.put?.(scope, { deviceId, name: 'office', host: 'router', port: 22 })
  await ports.credentials.put?.(scope, deviceId, { username: 'admin', password: 'x' })
  const calmly = createTod({ ...ports, transport: modelTransport(clock, router, calm) })
  const tod = createTod({ ...ports, transport: modelTransport(clock, router, network) })
  const other = createTod({ ...ports, transport: modelTransport(clock, router, network) })

  router.identity = 'target'
  const { commitSha } = await clock.runToEnd(calmly.backups.backUp(scope, { deviceId, trigger: 'manual' }))
  router.identity = 'old'
  const told = await restoreOrDie(
    seed,
    clock,
    { ...ports, transport: modelTransport(clock, router, network) },
    {
      deviceId,
      commitSha,
      settleWindowMs: between(0, 60_000),
    },
  )
  const latest = async () => (await ports.journal.list(scope, deviceId))[0]
  for (let pass = 0; pass < 60 && (await latest())?.open; pass++) {
    await clock.advance(30_000)
    // Two processes at once: one of them gets the lease.
    await clock.runToEnd(Promise.all([tod.recoverOperations(), other.recoverOperations()]))
  }
  const endedAt = clock.monotonicMs()
  await clock.advance(7_200_000)
  router.catchUp()

  const operation = await latest()
  const end = operation === undefined ? 'none' : operation.open ? 'open' : operation.state
  const violations = judge(
    told,
    end,
    router,
    endedAt,
    operation?.timeline.some((entry) => entry.state === 'armed') === true,
  )
  return { seed, end, died: told === 'nothing', violations }
}

/** Restores in a process of its own; every fourth one dies at a random moment, and nobody is told anything. */
async function restoreOrDie(
  seed: number,
  clock: FakeClock,
  ports: TodPorts,
  request: RestoreRequest,
): Promise<string> {
  const random = generator(seed ^ 0x5bd1e995)
  const mortal = new MortalProcess({ moment: 'after', state: 'locked', nth: Number.POSITIVE_INFINITY })
  const tod = createTod({
    ...ports,
    clock: mortal.clock(clock),
    transport: mortal.transport(ports.transport),
    journal: mortal.journal(ports.journal),
    locks: mortal.wrap(ports.locks),
    git: mortal.wrap(ports.git),
    runs: mortal.wrap(ports.runs),
    audit: mortal.wrap(ports.audit),
  })
  const restoring = tod.restores.restore(scope, request).then(
    (result) => (result.openForRecovery ? 'open' : result.status),
    (error: unknown) => {
      if (error instanceof CoreError) return 'threw'
      throw error
    },
  )
  if (random() >= 0.25) return clock.runToEnd(restoring)
  let told = 'nothing'
  void restoring.then((said) => {
    told = said
  })
  await clock.advance(random() * 180_000)
  if (told === 'nothing') mortal.die()
  return told
}

function judge(told: string, end: string, router: ModelRouter, endedAt: number, wasArmed: boolean): string[] {
  const isFinal = told !== 'open' && told !== 'threw' && told !== 'nothing'
  return [
    ...(end === 'open' ? ['still open'] : []),
    ...(isFinal && told !== end ? [`told ${told}, ended ${end}`] : []),
    ...(router.entries.length > 0 ? ['the guard stays armed'] : []),
    ...(wasArmed && router.loads.some((at) => at > endedAt) ? ['the guard fired after the end'] : []),
    ...(end === 'committed' && router.loads.length > 0 ? ['the guard fired on a committed push'] : []),
    ...(end === 'committed' && router.identity !== 'target' ? ['committed, not on the target'] : []),
    ...((end === 'reverted' || end === 'aborted') && router.identity !== 'old'
      ? [`${end}, not on the old`]
      : []),
  ]
}

function portsOver(clock: FakeClock) {
  const devices = new InMemoryDeviceDirectory()
  const credentials = new InMemoryCredentialStore()
  return {
    clock,
    guard: openGuard,
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
  } satisfies Omit<TodPorts, 'transport'>
}

function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
