import type { Socket } from 'node:net'
import type { AuthContext, Connection, ServerChannel, Session, SFTPWrapper } from 'ssh2'
import { serveShell } from '../console/serve-shell.js'
import type { ConnectionFacts, LoginVerdict, RouterEngine, SessionContext } from '../engine.js'
import type { FaultPlan, FiredFault } from '../faults/fault-plan.js'
import type { FileStore } from '../files/file-store.js'
import type { WallClock } from '../time/wall-clock.js'
import type { CommandOutcome, ConnectionHost } from './connection-host.js'
import { serveExec } from './exec-channel.js'
import { type LoginName, readLoginName } from './login-name.js'
import { runCommand } from './run-command.js'
import { serveSftp } from './sftp-session.js'
import type { SshOptions } from './ssh-options.js'
import { isSignatureValid } from './verify-signature.js'

/** What a connection needs of its router. */
export interface ConnectionRouter {
  readonly engine: RouterEngine
  readonly files: FileStore
  readonly clock: WallClock
  readonly faults: FaultPlan
  readonly ssh: SshOptions
  isGoingDown(): boolean
  nextSessionId(): number
  /** Does what a fault says; true when the connection is useless from now on. */
  act(fault: FiredFault, connection: RouterConnection): boolean
}

/** Terminal as the client asked for it. */
interface TerminalSize {
  columns: number
  rows: number
}

interface OpenSession {
  readonly session: SessionContext
  readonly notify: (text: string) => void
  readonly close: () => void
}

/** After this long without an answer a router gives a dead connection up. Source: MikroTik manual, Safe mode. */
const deadConnectionMs = 9 * 60_000

/** One SSH connection: login, its sessions, and what becomes of its packets. */
export class RouterConnection implements ConnectionHost {
  readonly sessions = new Map<number, OpenSession>()
  login: LoginName = readLoginName('')
  verdict: LoginVerdict | undefined
  private readonly lostController = new AbortController()
  private stalledBecause: string | undefined
  private cancelDeadTimer: () => void = () => {}

  constructor(
    private readonly router: ConnectionRouter,
    readonly socket: Socket,
    readonly facts: Omit<ConnectionFacts, 'state'>,
  ) {
    socket.once('close', () => this.lose())
    socket.on('error', () => {})
  }

  get engine(): RouterEngine {
    return this.router.engine
  }
  get files(): FileStore {
    return this.router.files
  }
  get clock(): WallClock {
    return this.router.clock
  }
  get faults(): FaultPlan {
    return this.router.faults
  }
  get options(): SshOptions {
    return this.router.ssh
  }
  get sourceAddress(): string | undefined {
    return this.facts.sourceAddress
  }
  get lost(): AbortSignal {
    return this.lostController.signal
  }
  isGoingDown(): boolean {
    return this.router.isGoingDown()
  }
  nextSessionId(): number {
    return this.router.nextSessionId()
  }
  act(fault: FiredFault): boolean {
    return this.router.act(fault, this)
  }
  runCommand(line: string, session: SessionContext): Promise<CommandOutcome> {
    return runCommand(this, line, session)
  }

  /** Why nothing goes through any more, or undefined. */
  get stalled(): string | undefined {
    return this.stalledBecause
  }

  open(session: SessionContext, notify: (text: string) => void, close: () => void): void {
    this.sessions.set(session.id, { session, notify, close })
    this.engine.sessionOpened(session)
  }

  closed(session: SessionContext, how: 'normal' | 'abnormal'): void {
    if (!this.sessions.delete(session.id)) return
    if (!this.isGoingDown()) this.engine.sessionClosed(session, how)
  }

  /** Answers the SSH client's wishes once the transport stands. */
  serve(client: Connection): void {
    client.on('error', () => {})
    client.on('authentication', (context) => this.authenticate(context))
    client.on('session', (accept) => this.serveSession(accept()))
    // With a listener that never answers, ssh2 does not refuse keepalives either: RouterOS is silent.
    if (this.options.answersKeepalive !== true) client.on('request', () => {})
  }

  /** Packets vanish both ways; the client sees nothing at all. After nine minutes the router gives up. */
  stall(because: string): void {
    if (this.stalledBecause !== undefined) return
    this.stalledBecause = because
    this.socket.pause()
    this.socket.cork()
    this.cancelDeadTimer = this.clock.setTimer(deadConnectionMs, () => this.drop())
  }

  /** Packets pass again: what was held back is delivered, as TCP would repeat it. */
  unstall(): void {
    if (this.stalledBecause === undefined) return
    this.stalledBecause = undefined
    this.cancelDeadTimer()
    this.socket.uncork()
    this.socket.resume()
  }

  /** The router forgets the connection while the client's end stays open and silent. */
  halfOpen(): void {
    this.stall('half-open')
    this.lose()
  }

  /** Closes with RST. */
  drop(): void {
    this.lose()
    this.socket.resetAndDestroy()
  }

  /** Sends what was written, then closes. */
  close(): void {
    this.lose()
    this.unstall()
    this.socket.destroySoon()
  }

  private lose(): void {
    this.cancelDeadTimer()
    if (!this.lost.aborted) this.lostController.abort(new Error('The connection was lost.'))
  }

  private authenticate(context: AuthContext): void {
    const name = readLoginName(context.username)
    const from = this.sourceAddress === undefined ? {} : { sourceAddress: this.sourceAddress }
    const isFirst = context.method === 'none'
    const verdict =
      !isFirst && this.faults.take({ on: 'login', subject: name.user }).some((fault) => this.spoils(fault))
        ? { ok: false as const, because: 'fault', allowed: ['password' as const] }
        : this.check(context, name.user, from)
    if (verdict.ok) {
      this.login = name
      this.verdict = verdict
      context.accept()
      return
    }
    if (!isFirst)
      this.engine.log(
        'system,error,critical',
        `login failure for user ${name.user} from ${this.sourceAddress ?? '0.0.0.0'} via ssh`,
      )
    context.reject([...verdict.allowed])
  }

  private spoils(fault: FiredFault): boolean {
    return fault.spec.name === 'refuse-login' || this.act(fault)
  }

  private check(context: AuthContext, user: string, from: { sourceAddress?: string }): LoginVerdict {
    if (context.method === 'none') return this.engine.checkLogin(user, { kind: 'none' }, from)
    if (context.method === 'password') {
      const password = Buffer.from(context.password, 'utf8').toString('latin1')
      return this.engine.checkLogin(user, { kind: 'password', password }, from)
    }
    if (context.method === 'publickey') {
      const { algo, data } = context.key
      if (context.signature && !isSignatureValid(context)) return refused
      return this.engine.checkLogin(user, { kind: 'public-key', algorithm: algo, blob: data }, from)
    }
    if (context.method === 'keyboard-interactive') return refused
    return refused
  }

  private serveSession(session: Session): void {
    const size: TerminalSize = { columns: 80, rows: 24 }
    let hasTerminal = false
    session.on('pty', (accept, _reject, info) => {
      hasTerminal = true
      if (info.cols > 0) size.columns = info.cols
      if (info.rows > 0) size.rows = info.rows
      accept?.()
    })
    session.on('window-change', (accept, _reject, info) => {
      size.columns = info.cols
      size.rows = info.rows
      accept?.()
    })
    session.on('env', (accept) => accept?.())
    session.on('exec', (accept, _reject, info) => this.run(serveExec(this, accept(), info.command)))
    session.on('shell', (accept) =>
      this.run(serveShell(this, accept() as ServerChannel, size, hasTerminal, this.verdict)),
    )
    session.on('sftp', (accept, reject) => this.startSftp(accept, reject))
    session.on('subsystem', (_accept, reject) => reject())
  }

  private startSftp(accept: () => SFTPWrapper, reject: () => void): void {
    if (!this.engine.hasPolicy(this.login.user, 'ftp')) {
      reject()
      return
    }
    const sftp = accept()
    const session: SessionContext = {
      id: this.nextSessionId(),
      kind: 'exec',
      user: this.login.user,
      ...(this.sourceAddress === undefined ? {} : { sourceAddress: this.sourceAddress }),
      width: 80,
      height: 0,
      colors: false,
      signal: this.lost,
      menu: '',
      write: () => {},
    }
    this.open(
      session,
      () => {},
      () => sftp.end(),
    )
    sftp.once('close', () => this.closed(session, 'normal'))
    serveSftp(this, sftp, session)
  }

  /** A channel's work ends with an exception only when its session or router is gone. */
  private run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!this.lost.aborted && !this.isGoingDown()) throw error
    })
  }
}

const refused: LoginVerdict = { ok: false, because: 'not offered', allowed: ['publickey', 'password'] }
