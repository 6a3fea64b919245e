import {
  CoreError,
  type DeviceTransport,
  type PushResult,
  StorageUnavailableError,
  type Tod,
  type TodPorts,
} from '@tod/core'
import { MortalProcess } from '../test/e2e/mortal-process.js'
import { leftovers, recoverToTheEnd } from './after-the-push.js'
import { type Cell, isOnTheWayBack } from './cell.js'
import { columns, type FaultColumn } from './fault-columns.js'
import { type FaultField, fieldDevice, fieldScope, openFaultField, watchedJournal } from './fault-field.js'
import { type CellResult, judgeCell } from './judge-cell.js'

/** What the caller of the restore was told. */
export type Answer =
  | { readonly kind: 'result'; readonly result: PushResult }
  | { readonly kind: 'error'; readonly code: string }
  /** The process died: nobody was told anything. */
  | { readonly kind: 'none' }

/** After the end: every guard and every job that is left would have fired by then. */
const afterlifeMs = 3_600_000

/** Runs one push with one fault, and recovery to its end; judges what is left. */
export async function runCell(cell: Cell): Promise<CellResult> {
  const field = await openFaultField({ version: cell.version })
  try {
    const situation = await prepare(field, cell)
    const { commitSha, old, target } = situation
    const watch = new CellWatch(field, cell, situation.failLine)
    const answer = await watch.restore(commitSha)
    await recoverToTheEnd(field, () => watch.laterProcess())
    watch.endFaults()
    const endedAt = field.clock.monotonicMs()
    await field.clock.sleep(afterlifeMs)
    const operations = await field.ports.journal.list(fieldScope, fieldDevice)
    const [operation] = operations
    const present = withoutEdit(field.router.significantText())
    const leftBehind = await leftovers(field, () => watch.laterProcess())
    return judgeCell(cell, {
      answer,
      operation,
      operations: operations.length,
      present: present === target ? 'target' : present === old ? 'old' : 'neither',
      firedAfterTheEnd: watch.loads.some((at) => at > endedAt),
      wasReached: watch.wasReached,
      ...leftBehind,
      lock: (await field.ports.locks.holder(fieldScope, fieldDevice)) !== undefined,
    })
  } finally {
    await field.close()
  }
}

interface Situation {
  readonly commitSha: string
  readonly old: string
  readonly target: string
  /** Line of the plan file before which something is applied already. */
  readonly failLine: number
}

/** A stored revision that a router lost: two list entries and its name. Fit for both strategies. */
async function prepare(field: FaultField, cell: Cell): Promise<Situation> {
  const add = '/ip firewall address-list add'
  await field.run(
    `${add} list=one address=192.0.2.1; ${add} list=two address=192.0.2.2; /system identity set name=office`,
  )
  const target = withoutEdit(field.router.significantText())
  const text = field.router.exportText({ showSensitive: true }).split('\n')
  const tod = field.process()
  const { commitSha } = await tod.backups.backUp(fieldScope, { deviceId: fieldDevice, trigger: 'manual' })
  await field.run('/ip firewall address-list remove [find]; /system identity set name=MikroTik')
  const old = withoutEdit(field.router.significantText())
  // Guard check, step 0; then the export after one line, or pairs of step and statement.
  const failLine = cell.strategy === 'import' ? 4 + text.findIndex((line) => line.includes('list=two')) : 6
  return { commitSha, old, target, failLine }
}

/** A configuration without what the column `edited by somebody` puts in. */
function withoutEdit(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/note=edited|^\/system note$/.test(line))
    .join('\n')
}

/** The push of a cell, and the fault that strikes it once. */
class CellWatch {
  wasReached = false
  /** When the router began to load a backup, on the monotonic clock. */
  readonly loads: number[] = []
  private readonly column: FaultColumn
  private readonly mortal = new MortalProcess({
    moment: 'after',
    state: 'locked',
    nth: Number.POSITIVE_INFINITY,
  })
  private readonly takeBack: (() => void)[] = []
  private readonly others: Promise<unknown>[] = []
  private awayUntil = Number.NEGATIVE_INFINITY

  constructor(
    private readonly field: FaultField,
    private readonly cell: Cell,
    private readonly failLine: number,
  ) {
    this.column = columns[cell.column]
    const { faults } = field.router
    const take = faults.take.bind(faults)
    faults.take = (event) => {
      if (event.on === 'backup-load') this.loads.push(field.clock.monotonicMs())
      return take(event)
    }
  }

  /** Restores, and gives what the caller was told. */
  async restore(commitSha: string): Promise<Answer> {
    const { cell, field } = this
    const restoring = this.firstProcess()
      .restores.restore(fieldScope, {
        deviceId: fieldDevice,
        commitSha,
        strategy: cell.strategy,
        onResidual: 'revert',
        ...(isOnTheWayBack(cell.step)
          ? { probes: [{ kind: 'interface-running' as const, name: 'no-such-interface' }] }
          : {}),
      })
      .then(
        (result): Answer => ({ kind: 'result', result }),
        (error: unknown): Answer => {
          if (error instanceof CoreError) return { kind: 'error', code: error.code }
          throw error
        },
      )
    const dying = this.column.kind === 'process-killed' ? this.death() : new Promise<never>(() => {})
    const answer = await Promise.race([restoring, dying])
    await Promise.all(this.others)
    if (answer.kind === 'none') await field.clock.sleep(1000)
    return answer
  }

  /** Services of a process that starts after the fault. */
  laterProcess(): Tod {
    return this.field.process(this.overDatabase(this.field.ports))
  }

  endFaults(): void {
    for (const end of this.takeBack) end()
  }

  private async death(): Promise<Answer> {
    while (!this.mortal.isDead) await this.field.clock.sleep(1000)
    return { kind: 'none' }
  }

  private firstProcess(): Tod {
    const { ports } = this.field
    const database = this.overDatabase(ports)
    const journal = watchedJournal(database.journal, (state) =>
      state === this.cell.step && !this.wasReached ? this.strike() : undefined,
    )
    if (this.column.kind !== 'process-killed') {
      return this.field.process({ ...database, journal, transport: this.overWire() })
    }
    const { mortal } = this
    return this.field.process({
      clock: mortal.clock(this.field.clock),
      journal: mortal.journal(journal),
      transport: mortal.transport(ports.transport),
      locks: mortal.wrap(ports.locks),
      git: mortal.wrap(ports.git),
      runs: mortal.wrap(ports.runs),
      audit: mortal.wrap(ports.audit),
    })
  }

  private strike(): Promise<void> | void {
    this.wasReached = true
    const { column, field } = this
    switch (column.kind) {
      case 'router':
        for (const spec of column.specs) {
          const line = spec.name === 'fail-import' || spec.on === 'import-line' ? { line: this.failLine } : {}
          const end = field.router.faults.arm({ ...spec, ...line })
          this.takeBack.push(end)
          if (column.forMs !== undefined) field.clock.setTimer(column.forMs, end)
        }
        return
      case 'later-power-cut':
        field.clock.setTimer(column.afterMs, () => field.router.reboot('power'))
        return
      case 'edit':
        return this.edit(column.command)
      case 'late-launch':
      case 'removal-without-effect':
        return
      case 'database-away':
        this.awayUntil = field.clock.monotonicMs() + column.awayMs
        return
      case 'process-killed':
        this.mortal.die()
        return
      case 'lease-taken-over':
        this.others.push(this.takeOver())
    }
  }

  private async edit(command: string): Promise<void> {
    await this.field.run(command)
  }

  /** The transport with what can go wrong between a command and its effect. */
  private overWire(): DeviceTransport {
    const { transport } = this.field
    const { kind } = this.column
    if (kind !== 'late-launch' && kind !== 'removal-without-effect') return transport
    return {
      connect: async (target, options) => {
        const connection = await transport.connect(target, options)
        const exec = connection.exec.bind(connection)
        connection.exec = async (command, execOptions) => {
          if (!this.wasReached) return exec(command, execOptions)
          if (kind === 'removal-without-effect') return exec(withoutRemoval(command), execOptions)
          if (command.includes(':execute script=')) await this.takeOver()
          return exec(command, execOptions)
        }
        return connection
      },
    }
  }

  private async takeOver(): Promise<void> {
    const { locks } = this.field.ports
    const holder = await locks.holder(fieldScope, fieldDevice)
    if (holder !== undefined) await locks.release(fieldScope, holder)
    await this.laterProcess().recoverOperations()
  }

  private overDatabase(ports: TodPorts) {
    const { journal, locks, runs, devices, credentials, hostKeys, audit, settings } = ports
    const away = <Port extends object>(port: Port): Port => this.whenThere(port)
    return {
      journal: away(journal),
      locks: away(locks),
      runs: away(runs),
      devices: away(devices),
      credentials: away(credentials),
      hostKeys: away(hostKeys),
      audit: away(audit),
      ...(settings === undefined ? {} : { settings: away(settings) }),
    }
  }

  /** A port of the database: every call fails while it is away. */
  private whenThere<Port extends object>(port: Port): Port {
    if (this.column.kind !== 'database-away') return port
    return new Proxy(port, {
      get: (inner, name) => {
        const value: unknown = Reflect.get(inner, name, inner)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) =>
          this.field.clock.monotonicMs() < this.awayUntil
            ? Promise.reject(new StorageUnavailableError({ store: 'database' }))
            : Reflect.apply(value, inner, args)
      },
    })
  }
}

/** The command that disarms, without what it removes. */
function withoutRemoval(command: string): string {
  return command.replaceAll(/\/system scheduler remove \[find name=("tod-guard[^"]*")\]/g, ':put $1')
}
