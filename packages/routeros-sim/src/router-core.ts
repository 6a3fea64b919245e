import type { ArgumentNode, CommandNode } from '@tod/rsc-parser'
import { checkMenuArguments } from './commands/check-arguments.js'
import { catalogFor } from './commands/command-catalog.js'
import type { ItemRecord } from './commands/item-record.js'
import { menuRecords } from './commands/menu-records.js'
import { runMenuVerb } from './commands/run-menu-verb.js'
import type { RouterHost, SessionContext } from './engine.js'
import type { EngineSettings } from './engine-settings.js'
import { versionNumbers } from './export/export-header.js'
import type { Execution } from './language/execution.js'
import type { CommandCatalog } from './language/resolve-command.js'
import { RouterError } from './language/router-error.js'
import { Scope } from './language/scope.js'
import { type ScriptSource, scriptSource } from './language/script-source.js'
import type { ScriptValue } from './language/script-value.js'
import { JobTable } from './runtime/job-table.js'
import { offsetMinutes, parseDate, parseTimeOfDay } from './runtime/local-date.js'
import { LogBook } from './runtime/log-book.js'
import { SafeMode } from './runtime/safe-mode.js'
import { SchedulerTable } from './runtime/scheduler-table.js'
import { factsFor } from './state/menu-knowledge.js'
import { RouterConfig } from './state/router-config.js'
import { type ConfigSnapshot, restoreSnapshot } from './state/snapshot.js'
import { userPolicies } from './state/user-policies.js'

/** Everything one router is: configuration, live tables, and the host it runs on. Commands work on this. */
export class RouterCore {
  readonly host: RouterHost
  readonly settings: EngineSettings
  /** The configuration with which the router was made. */
  readonly initial: ConfigSnapshot
  readonly config: RouterConfig
  readonly major: number
  readonly catalog: CommandCatalog
  readonly globals = new Map<string, ScriptValue>()
  readonly logBook: LogBook
  readonly jobs: JobTable
  readonly scheduler: SchedulerTable
  readonly safeMode: SafeMode
  /** Open sessions by id, with the local time of their login. */
  readonly sessions = new Map<number, { readonly session: SessionContext; readonly sinceMs: number }>()
  /** File that the next boot imports, after a reset. */
  runAfterReset: string | undefined
  /** Failed tries to change device-mode since the power was off. */
  deviceModeAttempts = 0

  constructor(host: RouterHost, settings: EngineSettings, initial: ConfigSnapshot) {
    this.host = host
    this.settings = settings
    this.initial = initial
    const version = versionNumbers(settings.version)
    this.major = version[0]
    this.config = new RouterConfig(factsFor(this.major), this.major)
    restoreSnapshot(this.config, initial)
    this.catalog = catalogFor(version, this.config)
    this.logBook = new LogBook(host.clock)
    this.jobs = new JobTable(this)
    this.scheduler = new SchedulerTable(this)
    this.safeMode = new SafeMode(this)
    this.config.onChange = () => {
      this.host.configurationChanged()
      this.scheduler.refresh()
    }
  }

  /** Records of a menu in print order. */
  records(menu: string): ItemRecord[] {
    return menuRecords(this, menu)
  }

  runMenuCommand(
    menu: string,
    verb: string,
    node: CommandNode,
    args: readonly ArgumentNode[],
    execution: Execution,
  ): Promise<ScriptValue> {
    return runMenuVerb(this, menu, verb, node, args, execution)
  }

  checkArguments(menu: string, verb: string, args: readonly ArgumentNode[], source: ScriptSource): void {
    checkMenuArguments(this, menu, verb, args, source)
  }

  log(topics: string, message: string): void {
    this.logBook.add(topics, message)
  }

  /** Waits router time. Ends with `interrupted` when the session is gone or Ctrl-C was pressed. */
  async sleep(ms: number, execution: Execution): Promise<void> {
    const { session } = execution
    try {
      await this.host.clock.sleep(ms, { signal: session.signal, background: session.kind === 'script' })
    } catch {
      throw new RouterError('interrupted')
    }
  }

  /** `/system clock set`: a date, a time of day, or both. @throws RouterError when one cannot be read. */
  setClock(to: { readonly date?: string; readonly time?: string }): void {
    const now = this.host.clock.localMs()
    const today = Math.floor(now / 86_400_000) * 86_400_000
    const date = to.date === undefined ? today : parseDate(to.date)
    const time = to.time === undefined ? now - today : parseTimeOfDay(to.time)
    if (date === undefined) throw new RouterError('invalid value for argument date')
    if (time === undefined) throw new RouterError('invalid value for argument time')
    if (to.date !== undefined || to.time !== undefined) this.host.clock.setLocalMs(date + time)
  }

  /** Puts the time zone of the configuration in force. */
  applyTimeZone(): void {
    const clock = this.config.menu('/system clock')?.items[0]
    const zone = clock?.values.get('time-zone-name')
    const manual = this.config.menu('/system clock manual')?.items[0]?.values.get('time-zone')
    const offset = typeof manual === 'string' ? offsetMinutes(manual) : 0
    if (typeof zone === 'string') this.host.clock.setTimeZone(zone, offset)
  }

  /** The script of that name, or undefined when the text is code. */
  scriptNamed(
    name: string,
  ): { readonly name: string; readonly source: string; readonly policy: string } | undefined {
    const menu = this.config.menu('/system script')
    const item = menu?.items.find((one) => one.values.get('name') === name)
    if (menu === undefined || item === undefined) return undefined
    return {
      name,
      source: menu.read(item, 'source') ?? '',
      policy: menu.read(item, 'policy') ?? '',
    }
  }

  /** Writes a file that nobody waits for; a full disk is only logged. */
  async keepFile(name: string, text: string): Promise<void> {
    try {
      await this.host.files.write(name, Buffer.from(text, 'latin1'))
    } catch (error) {
      this.log('system,error', error instanceof Error ? error.message : String(error))
    }
  }

  /** An execution for a text that a session runs with the rights of its account. */
  execution(session: SessionContext, text: string, more: Partial<Execution> = {}): Execution {
    return {
      router: this,
      session,
      user: session.user,
      policies: userPolicies(this.config, session.user),
      source: scriptSource(text),
      scope: new Scope(this.globals),
      place: { menu: session.menu === '' ? '/' : session.menu },
      inScript: false,
      depth: 0,
      ...more,
    }
  }
}
