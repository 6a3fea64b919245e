import type { Socket } from 'node:net'
import type {
  AdmitVerdict,
  BootReason,
  EngineFactory,
  EngineInspection,
  FaultPoint,
  RouterEngine,
  RouterFile,
  RouterHost,
  SchedulerState,
} from '../engine.js'
import { FaultPlan, type FiredFault } from '../faults/fault-plan.js'
import { parseFault } from '../faults/parse-fault.js'
import { seededRandom } from '../faults/seeded-random.js'
import { FileStore } from '../files/file-store.js'
import type { HostKey } from '../ssh/host-key.js'
import { RouterConnection } from '../ssh/router-connection.js'
import { SshFront } from '../ssh/ssh-front.js'
import type { SshOptions } from '../ssh/ssh-options.js'
import type { SimClock } from '../time/sim-clock.js'
import { VirtualClock } from '../time/virtual-clock.js'
import { WallClock } from '../time/wall-clock.js'
import { actOnFault, afterCheckpoint, type StruckConnection } from './act-on-fault.js'
import { Listener } from './listener.js'
import type { RouterOptions } from './router-options.js'
import { SilentSockets } from './silent-sockets.js'

/** One connection as a test sees it. */
export interface ConnectionState {
  readonly user: string
  readonly listener: string
  readonly sessions: number
  /** Why nothing passes any more, or undefined. */
  readonly stalled: string | undefined
}

/** A router: its life from boot to reboot, its ways in, its connections. State can be read for assertions. */
export class SimulatedRouter implements RouterHost {
  readonly clock: WallClock
  readonly files: FileStore
  readonly faults: FaultPlan
  readonly ssh: SshOptions
  readonly listeners: readonly Listener[]
  readonly random: () => number
  /** Restarts so far; the first boot does not count. */
  boots = 0
  private readonly front: SshFront
  private readonly connected = new Map<RouterConnection, Listener>()
  private readonly silent = new SilentSockets()
  private state: 'down' | 'up' | 'going-down' = 'down'
  private madeEngine: RouterEngine | undefined
  private sessionCount = 0
  private isRecheckDue = false
  private cancelStart: () => void = () => {}

  constructor(
    readonly name: string,
    private readonly simClock: SimClock,
    private readonly makeEngine: EngineFactory,
    private readonly options: RouterOptions,
  ) {
    const seed = options.seed ?? 1
    this.random = seededRandom(seed)
    this.clock = new WallClock(simClock, options.wallClock)
    this.files = new FileStore(this.clock, options.files)
    const specs = (options.faults ?? []).map((fault) =>
      typeof fault === 'string' ? parseFault(fault) : fault,
    )
    this.faults = new FaultPlan(specs, seed)
    this.ssh = options.ssh ?? {}
    this.front = new SshFront(`${name}/${seed}`, this.ssh, () => this.engine)
    const wanted = options.listeners ?? [{}]
    this.listeners = wanted.map(
      (listener, index) => new Listener(listener.name ?? `listener${index + 1}`, listener),
    )
    for (const fault of this.faults.timed()) {
      simClock.setTimer(fault.afterMs ?? 0, () => this.act({ spec: fault, byte: 0 }))
    }
  }

  /** The engine; made when first needed, so that an idle router of a fleet costs little. */
  get engine(): RouterEngine {
    if (this.madeEngine === undefined) {
      this.madeEngine = this.makeEngine(this)
      if (this.state === 'up') this.madeEngine.boot('first')
    }
    return this.madeEngine
  }

  /** Opens the ways in and powers the router. `lazy` leaves the engine out until somebody comes. */
  async start(options: { readonly lazy?: boolean } = {}): Promise<void> {
    this.clock.startBoot(true)
    await Promise.all(
      this.listeners.map((listener) => listener.open((socket) => this.accept(socket, listener))),
    )
    this.state = 'up'
    if (options.lazy !== true) void this.engine
  }

  /** Ends everything: connections, listeners, timers. */
  async stop(): Promise<void> {
    this.cancelStart()
    this.state = 'down'
    for (const connection of this.connected.keys()) connection.drop()
    this.silent.destroy()
    this.clock.endBoot()
    await Promise.all(this.listeners.map((listener) => listener.close()))
  }

  /** `up`, or not: in a dead time nothing answers. */
  get isUp(): boolean {
    return this.state === 'up'
  }

  isGoingDown(): boolean {
    return this.state !== 'up'
  }

  nextSessionId(): number {
    return ++this.sessionCount
  }

  reboot(reason: BootReason | 'shutdown'): void {
    if (this.state !== 'up') return
    this.state = 'going-down'
    const goDown = () => {
      for (const connection of [...this.connected.keys()]) {
        if (reason === 'power') connection.halfOpen()
        else connection.close()
      }
      this.goDown(reason)
    }
    // What was written before the restart still goes out; a power cut takes everything at once.
    if (reason === 'power') goDown()
    else setImmediate(() => setImmediate(goDown))
  }

  configurationChanged(): void {
    if (this.isRecheckDue || this.connected.size === 0) return
    this.isRecheckDue = true
    queueMicrotask(() => {
      this.isRecheckDue = false
      if (this.state !== 'up') return
      for (const connection of [...this.connected.keys()]) this.recheck(connection)
    })
  }

  disconnect(filter: { readonly user?: string; readonly sessionId?: number }): void {
    for (const connection of [...this.connected.keys()]) {
      for (const [id, open] of connection.sessions) {
        const isMeant =
          (filter.user === undefined || open.session.user === filter.user) &&
          (filter.sessionId === undefined || id === filter.sessionId)
        if (isMeant) open.close()
      }
    }
  }

  notify(sessionId: number | 'all', text: string): void {
    for (const connection of this.connected.keys()) {
      for (const [id, open] of connection.sessions) {
        if (sessionId === 'all' || sessionId === id) open.notify(text)
      }
    }
  }

  checkpoint(point: FaultPoint): Promise<string | undefined> {
    return afterCheckpoint(this, point)
  }

  /** Does what a fault says; true when the connection it struck is useless from now on. */
  act(fault: FiredFault, connection?: StruckConnection): boolean {
    return actOnFault(this, fault, connection === undefined ? [...this.connected.keys()] : [connection])
  }

  regenerateHostKey(): void {
    this.front.changeHostKey()
  }

  /** The key that clients are shown now. */
  hostKey(): HostKey {
    return this.front.hostKey()
  }

  /** The way in of that name; default the first. @throws TypeError when there is none. */
  listener(name?: string): Listener {
    const found = name === undefined ? this.listeners[0] : this.listeners.find((one) => one.name === name)
    if (found === undefined) throw new TypeError(`No such listener: ${String(name)}`)
    return found
  }

  /** Port of the first listener. */
  get port(): number {
    return this.listener().port
  }

  /** Reads of the engine's state. */
  get inspect(): EngineInspection {
    return this.engine.inspect
  }

  /** What `/export` would print now. */
  exportText(options?: Parameters<EngineInspection['exportText']>[0]): string {
    return this.engine.inspect.exportText(options)
  }

  /** The export without header and live comments, unwrapped. */
  significantText(): string {
    return this.engine.inspect.significantText()
  }

  schedulers(): readonly SchedulerState[] {
    return this.engine.inspect.schedulers()
  }

  fileList(): readonly RouterFile[] {
    return this.files.list()
  }

  log(): EngineInspection['logLines'] extends () => infer Lines ? Lines : never {
    return this.engine.inspect.logLines()
  }

  connections(): readonly ConnectionState[] {
    return [...this.connected].map(([connection, listener]) => ({
      user: connection.login.user,
      listener: listener.name,
      sessions: connection.sessions.size,
      stalled: connection.stalled,
    }))
  }

  /** A new try to connect, without a connection: what would the router do with it now? */
  admits(listenerName?: string): AdmitVerdict {
    return this.engine.admits({ ...this.factsOf(this.listener(listenerName)), state: 'new' })
  }

  private accept(socket: Socket, listener: Listener): void {
    if (this.state !== 'up') {
      if (this.options.whileDown === 'silence') this.ignore(socket)
      else socket.resetAndDestroy()
      return
    }
    const { verdict } = this.hasRoom()
      ? this.engine.admits({ ...this.factsOf(listener), state: 'new' })
      : { verdict: 'reset' }
    if (verdict !== 'accept') {
      if (verdict === 'drop') this.ignore(socket)
      else socket.resetAndDestroy()
      return
    }
    const connection = new RouterConnection(this, socket, this.factsOf(listener))
    this.connected.set(connection, listener)
    socket.once('close', () => this.connected.delete(connection))
    if (this.simClock instanceof VirtualClock) {
      this.simClock.watch(socket, () => connection.stalled !== undefined)
    }
    for (const fault of this.faults.take({ on: 'connect', subject: listener.name })) {
      if (this.act(fault, connection)) return
    }
    this.front.serve(socket, connection)
  }

  /** `max-sessions` of the service, where the version has it. */
  private hasRoom(): boolean {
    const ssh = this.engine.inspect.items('ip service').find((service) => service.name === 'ssh')
    const limit = Number(ssh?.['max-sessions'] ?? Number.POSITIVE_INFINITY)
    return !(this.connected.size >= limit)
  }

  private factsOf(listener: Listener) {
    return listener.facts(() => this.engine.sshPort())
  }

  private ignore(socket: Socket): void {
    if (this.simClock instanceof VirtualClock) this.simClock.watch(socket, () => true)
    this.silent.add(socket)
  }

  private recheck(connection: RouterConnection): void {
    const { verdict, because } = this.engine.admits({ ...connection.facts, state: 'established' })
    if (verdict === 'reset') connection.drop()
    else if (verdict === 'drop') connection.stall(because)
    else if (connection.stalled !== undefined && !connection.lost.aborted) connection.unstall()
  }

  private goDown(reason: BootReason | 'shutdown'): void {
    const uptimeMs = this.clock.uptimeMs()
    this.clock.endBoot()
    this.madeEngine?.shutdown()
    this.files.restart(reason === 'power' ? 'power-cut' : 'clean', uptimeMs)
    this.state = 'down'
    if (reason === 'shutdown') return
    this.cancelStart = this.simClock.setTimer(this.options.deadTimeMs ?? 60_000, () => this.comeUp(reason))
  }

  private comeUp(reason: BootReason): void {
    // A peer that still holds a connection from before the power cut learns now that nobody knows it.
    for (const connection of [...this.connected.keys()]) connection.drop()
    this.silent.destroy()
    this.boots++
    this.clock.startBoot(false)
    this.state = 'up'
    for (const fault of this.faults.take({ on: 'boot' })) this.act(fault)
    this.engine.boot(reason)
  }
}
