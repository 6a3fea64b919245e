import { checkLogin } from './access/check-login.js'
import { QuitSignal } from './commands/session.js'
import type {
  AdmitVerdict,
  BootReason,
  CommandResult,
  ConnectionFacts,
  Credential,
  EngineInspection,
  LoginVerdict,
  RouterEngine,
  SafeModeVerdict,
  SessionContext,
} from './engine.js'
import { inspectionOf } from './inspection.js'
import { checkSource } from './language/check-statements.js'
import { continuationOf } from './language/continuation.js'
import { LoopSignal, ReturnSignal } from './language/execution.js'
import { runCommand } from './language/interpreter.js'
import { RouterError } from './language/router-error.js'
import { addressFor, admit } from './network/admit.js'
import type { RouterCore } from './router-core.js'
import { factsFor } from './state/menu-knowledge.js'
import { RouterConfig } from './state/router-config.js'
import { restoreSnapshot } from './state/snapshot.js'
import { ownPolicies, userPolicies } from './state/user-policies.js'

/** How long a run-after-reset script may take. Source: reports; the log then says `runtime limit exceeded`. */
const AFTER_RESET_LIMIT_MS = 120_000

/** The engine of one router, as the front knows it: a thin face of `RouterCore`. */
export class SimulatedEngine implements RouterEngine {
  readonly inspect: EngineInspection
  readonly #core: RouterCore
  readonly #usualAddresses = new Map<string, string | undefined>()

  constructor(core: RouterCore) {
    this.#core = core
    this.inspect = inspectionOf(core)
  }

  async run(commandText: string, session: SessionContext): Promise<CommandResult> {
    const execution = this.#core.execution(session, commandText)
    try {
      checkSource(execution.source, execution)
      for (const statement of execution.source.tree.statements()) {
        if (statement.kind === 'command') await runCommand(statement, execution)
      }
      return { failed: false }
    } catch (error) {
      if (error instanceof QuitSignal) return { failed: false, quit: true }
      if (error instanceof ReturnSignal || error instanceof LoopSignal) return { failed: false }
      if (!(error instanceof RouterError)) throw error
      session.write(`${error.message}\n`)
      return { failed: true }
    } finally {
      session.menu = execution.place.menu === '/' ? '' : execution.place.menu
    }
  }

  continuation(commandText: string): 'complete' | 'brace' | 'string' | 'line' {
    return continuationOf(commandText)
  }

  complete(line: string, session: SessionContext): readonly string[] {
    const word = /([A-Za-z0-9-]*)$/.exec(line)?.[1] ?? ''
    const menu = session.menu === '' ? '/' : session.menu
    const candidates = [...this.#core.catalog.menus.children(menu), ...this.#core.catalog.verbs(menu)]
    return [...new Set(candidates)].filter((candidate) => candidate.startsWith(word)).sort()
  }

  identity(): string {
    const name = this.#core.config.menu('/system identity')?.items[0]?.values.get('name')
    return typeof name === 'string' ? name : 'MikroTik'
  }

  version(): string {
    return this.#core.settings.version
  }

  sshPort(): number {
    const menu = this.#core.config.menu('/ip service')
    const ssh = menu?.items.find((item) => menu.read(item, 'name') === 'ssh')
    return ssh === undefined || menu === undefined ? 22 : Number(menu.read(ssh, 'port') ?? '22')
  }

  loginNote(): string {
    const note = this.#core.config.menu('/system note')?.items[0]
    const text = note?.values.get('note')
    return typeof text === 'string' && note?.values.get('show-at-login') !== 'no' ? text : ''
  }

  checkLogin(user: string, credential: Credential, from: { readonly sourceAddress?: string }): LoginVerdict {
    return checkLogin(this.#core, user, credential, from.sourceAddress)
  }

  hasPolicy(user: string, policy: string): boolean {
    return userPolicies(this.#core.config, user).has(policy)
  }

  admits(connection: ConnectionFacts): AdmitVerdict {
    const { config, major } = this.#core
    const destinationAddress = connection.destinationAddress ?? this.#usualAddress(connection)
    return admit(config, major, {
      ...connection,
      ...(destinationAddress === undefined ? {} : { destinationAddress }),
    })
  }

  /** Clients aim at the address the router had for them when it first started, whatever became of it. */
  #usualAddress(connection: ConnectionFacts): string | undefined {
    const { ingressInterface, vlanId, sourceAddress } = connection
    if (ingressInterface === undefined || sourceAddress === undefined) return undefined
    const key = `${ingressInterface} ${vlanId ?? ''} ${sourceAddress}`
    if (!this.#usualAddresses.has(key)) {
      const first = new RouterConfig(factsFor(this.#core.major), this.#core.major)
      restoreSnapshot(first, this.#core.initial)
      this.#usualAddresses.set(key, addressFor(first, this.#core.major, connection))
    }
    return this.#usualAddresses.get(key)
  }

  takeSafeMode(session: SessionContext): SafeModeVerdict {
    return this.#core.safeMode.take(session)
  }

  hijackSafeMode(session: SessionContext, choice: 'unroll' | 'release'): void {
    this.#core.safeMode.hijack(session, choice)
  }

  releaseSafeMode(session: SessionContext): void {
    this.#core.safeMode.release(session)
  }

  unrollSafeMode(session: SessionContext): void {
    this.#core.safeMode.unroll(session)
  }

  hasSafeMode(session: SessionContext): boolean {
    return this.#core.safeMode.isHeldBy(session)
  }

  sessionOpened(session: SessionContext): void {
    this.#core.sessions.set(session.id, { session, sinceMs: this.#core.host.clock.localMs() })
    const from = session.sourceAddress === undefined ? '' : ` from ${session.sourceAddress}`
    this.#core.log('system,info,account', `user ${session.user} logged in${from} via ssh`)
  }

  sessionClosed(session: SessionContext, how: 'normal' | 'abnormal'): void {
    this.#core.sessions.delete(session.id)
    if (how === 'abnormal') this.#core.safeMode.unroll(session)
    else this.#core.safeMode.release(session)
    const from = session.sourceAddress === undefined ? '' : ` from ${session.sourceAddress}`
    this.#core.log('system,info,account', `user ${session.user} logged out${from} via ssh`)
  }

  fileUploaded(name: string, user: string): void {
    const job = this.#core.jobs.start({
      name: '',
      source: `/import file-name="${name}"`,
      user,
      policies: userPolicies(this.#core.config, user),
      keepOutput: true,
    })
    void job.done.then((output) => this.#core.keepFile(name.replace(/\.auto\.rsc$/, '.auto.log'), output))
  }

  boot(reason: BootReason): void {
    const core = this.#core
    core.applyTimeZone()
    if (reason === 'power') core.deviceModeAttempts = 0
    core.log(
      'system,info',
      reason === 'power' ? 'router was rebooted without proper shutdown' : 'router rebooted',
    )
    core.scheduler.boot()
    const script = core.runAfterReset
    core.runAfterReset = undefined
    if (script === undefined) return
    const job = core.jobs.start({
      name: '',
      source: `/import file-name="${script}"`,
      user: 'admin',
      policies: ownPolicies,
    })
    const cancelLimit = core.host.clock.setTimer(AFTER_RESET_LIMIT_MS, () => {
      job.cancel()
      core.log('script,error', 'runtime limit exceeded')
    })
    void job.done.then(cancelLimit)
  }

  shutdown(): void {
    this.#core.scheduler.shutdown()
    this.#core.jobs.clear()
    this.#core.globals.clear()
    this.#core.sessions.clear()
    this.#core.safeMode.clear()
    this.#core.config.journal.clear()
  }

  log(topics: string, message: string): void {
    this.#core.log(topics, message)
  }
}
