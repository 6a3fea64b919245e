import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { pushStates } from '@tod/core'
import type { SimulatedRouter } from '@tod/routeros-sim'
import { bundleProcess } from '../../../adapters/test/sql/bundle-process.js'
import { mintToken } from '../../src/index.js'
import { typeOnRouter } from '../type-on-router.js'
import type { JournalDeath, ServerProcessOptions } from './server-process.js'
import { kill, type ServerProcess, startServerProcess } from './start-server-process.js'

/** A device of the installation, and the router behind it. */
export interface KillDevice {
  readonly deviceId: string
  readonly router: SimulatedRouter
  /** The revision that restores go to, and its configuration. */
  readonly targetSha: string
  readonly target: string
}

/** How much to kill, and what. */
export interface KillOptions {
  readonly process: ServerProcessOptions
  readonly tenantId: string
  readonly devices: readonly KillDevice[]
  /** Deaths at random moments. */
  readonly randomKills: number
  /** Deaths at entries of the journal. */
  readonly deaths: readonly JournalDeath[]
  readonly seed: number
  /** Makes the leases of dead processes run out, as if their time had passed. */
  readonly expireLeases: () => Promise<void>
}

/** What came of it. `problems` is empty when every end was true and nothing was lost. */
export interface KillReport {
  readonly seed: number
  readonly kills: number
  readonly restores: number
  /** Restores whose caller was told their end before the process died. */
  readonly acknowledged: number
  /** State of the operations that were open at a death. */
  readonly openAt: Readonly<Record<string, number>>
  readonly ends: Readonly<Record<string, number>>
  readonly problems: readonly string[]
}

/** Every entry of the journal on the way to an end, once before and once after it was written. */
export const everyDeath: readonly JournalDeath[] = pushStates
  .filter((state) => state !== 'failed' && state !== 'aborted')
  .flatMap((state): JournalDeath[] => [
    ...(state === 'locked' ? [] : [{ moment: 'before', state } as const]),
    { moment: 'after', state },
  ])

interface Operation {
  readonly operation_id: string
  readonly state: string
  readonly open: boolean
  readonly pre_backup_sha: string | null
}

interface Running {
  readonly device: KillDevice
  readonly before: string
  /** Newest operation of the device before this restore. */
  readonly previousId: string | undefined
  /** What the caller was told, once it was. */
  told: { readonly status?: string; readonly operationId: string; readonly preBackupSha?: string } | undefined
}

const endsWithinMs = 90_000
const diesWithinMs = 40_000
const mostRounds = 3
/** A restore takes two minutes of the routers' time; some are killed when they are over. */
const longestRestoreMs = 150_000

/** Kills servers in the middle of restores of all devices, starts others, and holds what they make of it to the truth. */
export async function killRestores(options: KillOptions): Promise<KillReport> {
  return new Killing(options, await bundleProcess(new URL('./server-process.ts', import.meta.url))).run()
}

class Killing {
  private readonly random: (below: number) => number
  private readonly problems: string[] = []
  private readonly count = { kills: 0, restores: 0, acknowledged: 0 }
  private readonly openAt: Record<string, number> = {}
  private readonly ends: Record<string, number> = {}
  private readonly acknowledgedBackups = new Map<string, string>()
  private servers: ServerProcess[] = []

  constructor(
    private readonly options: KillOptions,
    private readonly script: string,
  ) {
    this.random = seeded(options.seed)
  }

  async run(): Promise<KillReport> {
    const { randomKills, deaths, seed } = this.options
    const kills = [...deaths, ...Array.from({ length: randomKills }, () => undefined)]
    await Promise.all([this.start(), this.start()])
    for (const death of kills) {
      await this.dieOnce(death)
      if (this.problems.length > 0) break
    }
    for (const { child } of this.servers) await kill(child)
    const { openAt, ends, problems } = this
    return { seed, ...this.count, openAt, ends, problems }
  }

  /** A busy machine may give every restore of a round up before it comes to the entry: then another round. */
  private async dieOnce(death: JournalDeath | undefined): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      if ((await this.round(death)) || this.problems.length > 0) return
    }
    this.problems.push(`the journal did not come to ${death?.moment} ${death?.state}`)
  }

  /** One death: restores of all devices, a kill in the middle, recovery by who is left, and a look at everything. */
  private async round(death: JournalDeath | undefined): Promise<boolean> {
    const [victim, ...others] = this.servers
    if (victim === undefined) throw new Error('No server runs.')
    const isWayBack = death?.state === 'reverting' || death?.state === 'reverted'
    const running = await Promise.all(
      this.options.devices.map((device, index) => this.begin(device, victim.url, isWayBack, index)),
    )
    if (death === undefined) await pause(this.random(longestRestoreMs / this.options.process.scale))
    const hasDied = death === undefined || (await this.dieOf(victim.child, death))
    // Sometimes all of them: then the next ones recover when they start. Else two or more do it at once.
    const doomed = this.random(3) === 0 ? this.servers : [victim]
    await Promise.all(doomed.map(({ child }) => kill(child)))
    this.count.kills++
    this.servers = doomed.length > 1 ? [] : others
    await this.options.expireLeases()
    const replaced = Promise.all(doomed.map(() => this.start()))
    if (this.servers.length === 0) await replaced
    await this.recovered(death, running)
    for (const each of running) await this.check(each)
    await replaced
    return hasDied
  }

  private async dieOf(child: ChildProcess, death: JournalDeath): Promise<boolean> {
    child.stdin?.write(`${JSON.stringify(death)}\n`)
    await Promise.race([once(child, 'close'), pause(diesWithinMs)])
    return child.signalCode !== null
  }

  /** Changes the router and asks for the restore; the answer may never come. */
  private async begin(device: KillDevice, url: string, isWayBack: boolean, index: number): Promise<Running> {
    const { router } = device
    await typeOnRouter(
      router,
      `/ip firewall address-list remove [find]; /system identity set name=n${this.count.restores}`,
    )
    this.count.restores++
    const [previous] = await this.operations(url, device)
    const running: Running = {
      device,
      before: router.significantText(),
      previousId: previous?.operation_id,
      told: undefined,
    }
    // Some imports stop half-way, some connections break.
    const fault = isWayBack ? 0 : this.random(6)
    if (fault === 0) this.faultOnce(router, 'fail-import')
    if (fault === 1) this.faultOnce(router, 'drop')
    const headers = index % 2 === 0 ? { prefer: 'respond-async' } : {}
    void pause(this.random(30_000 / this.options.process.scale))
      .then(() => this.call(url, device, 'POST', '/restore', { commit_sha: device.targetSha }, headers))
      .then(async (response) => {
        if (!response.ok) return
        const body = (await response.json()) as {
          readonly status?: string
          readonly operation_id: string
          readonly pre_backup_sha?: string
          readonly open_for_recovery?: boolean
        }
        this.count.acknowledged++
        running.told = {
          operationId: body.operation_id,
          ...(body.status === undefined || body.open_for_recovery ? {} : { status: body.status }),
          ...(body.pre_backup_sha ? { preBackupSha: body.pre_backup_sha } : {}),
        }
      })
      .catch(() => {})
    return running
  }

  private faultOnce(router: SimulatedRouter, name: 'fail-import' | 'drop'): void {
    const since = name === 'drop' ? { since: 'tod-guard' } : { match: 'plan', line: 6 }
    const end = router.faults.arm({ name, ...since })
    this.takeBack.push(end)
  }

  private readonly takeBack: (() => void)[] = []

  /** Until no operation is open any more, whoever ends it. */
  private async recovered(death: JournalDeath | undefined, running: readonly Running[]): Promise<void> {
    const url = this.servers[0]?.url ?? ''
    const until = performance.now() + endsWithinMs
    const seenOpen = new Set<string>()
    for (;;) {
      const open: string[] = []
      for (const { device } of running) {
        for (const operation of await this.operations(url, device)) {
          if (!operation.open) continue
          open.push(`${operation.operation_id} in ${operation.state}`)
          if (seenOpen.has(operation.operation_id)) continue
          seenOpen.add(operation.operation_id)
          this.openAt[operation.state] = (this.openAt[operation.state] ?? 0) + 1
        }
      }
      if (open.length === 0) break
      if (performance.now() > until) {
        const at = death === undefined ? 'at a random moment' : `${death.moment} ${death.state}`
        this.problems.push(`killed ${at}, still open: ${open.join(', ')}`)
        break
      }
      await pause(100)
    }
    for (const end of this.takeBack.splice(0)) end()
  }

  /** Router, journal, answers and history of one device agree. */
  private async check({ device, before, previousId, told }: Running): Promise<void> {
    const url = this.servers[0]?.url ?? ''
    const { deviceId, router, target } = device
    const problem = (text: string) => this.problems.push(`${deviceId}: ${text}`)
    const [newest] = await this.operations(url, device)
    const present = router.significantText()
    // Killed before the operation was opened: the router has what it had.
    const state = newest === undefined || newest.operation_id === previousId ? 'none' : newest.state
    this.ends[state] = (this.ends[state] ?? 0) + 1
    if (present !== (state === 'committed' ? target : before)) {
      const has = present === target ? 'the target' : present === before ? 'the old' : 'neither'
      problem(`ended ${state}, the router has ${has}`)
    }
    if (told !== undefined) {
      const known = (await this.operations(url, device)).find((one) => one.operation_id === told.operationId)
      if (known === undefined) problem(`the acknowledged operation ${told.operationId} is lost`)
      else if (told.status !== undefined && told.status !== known.state) {
        problem(`told ${told.status}, the journal says ${known.state}`)
      }
      if (told.preBackupSha !== undefined) this.acknowledgedBackups.set(told.preBackupSha, before)
    }
    // The next contact: nothing is locked, and what could not be removed is.
    const backup = await this.call(url, device, 'POST', '/backups')
    if (backup.status !== 201) problem(`no backup afterwards: ${backup.status} ${await backup.text()}`)
    else this.acknowledgedBackups.set(((await backup.json()) as { commit_sha: string }).commit_sha, present)
    const left = [...router.schedulers(), ...router.files.list()].filter(({ name }) =>
      /^(flash\/)?tod-/.test(name),
    )
    if (left.length > 0) problem(`left on the router: ${left.map(({ name }) => name).join(', ')}`)
    for (const sha of this.acknowledgedBackups.keys()) {
      const read = await this.call(url, device, 'GET', `/backups/${sha}/export`)
      await read.arrayBuffer()
      if (read.status !== 200) problem(`the acknowledged backup ${sha} answers ${read.status}`)
    }
    this.acknowledgedBackups.clear()
  }

  private async operations(url: string, device: KillDevice): Promise<readonly Operation[]> {
    const response = await this.call(url, device, 'GET', '/operations?limit=5')
    return (await response.json()) as readonly Operation[]
  }

  private async call(
    url: string,
    { deviceId }: KillDevice,
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const { tenantId, process } = this.options
    // Another caller each time: requests are limited per caller and minute.
    const claims = { subject: randomUUID(), role: 'operator', tenantId }
    const token = await mintToken(new TextEncoder().encode(process.jwtSecret), claims, 3600)
    return fetch(`${url}/api/tenants/${tenantId}/devices/${deviceId}/config${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  private async start(): Promise<void> {
    this.servers.push(await startServerProcess(this.script, this.options.process, this.problems))
  }
}

/** Numbers that are the same for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
