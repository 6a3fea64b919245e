/**
 * The seam between the two halves of a simulated router: the front (network, SSH, console, time, files, faults) and
 * the engine (state, language, commands, export, reachability). The front calls `RouterEngine`; the engine reaches the
 * outside only through the `RouterHost` it is given.
 *
 * Text that crosses this seam is a byte string: one character (U+0000 to U+00FF) per byte, as RouterOS counts columns
 * and escapes bytes. Lines end in LF; the front makes CRLF of it where a router does.
 */

/** What a router is made of. Everything but `version` may be left out: a bare router after a reset without defaults. */
export interface EngineOptions {
  /** An export (`.rsc` text) that the router has loaded before it first boots. */
  readonly config?: string
  /** RouterOS version, as in an export's header: `7.16.1`, `6.49.13`. Default: the config's header, else 7.16.1. */
  readonly version?: string
  /** Board name, as in `# model =`; `CHR` gives the header of a virtual router. Default: the config's header, else CHR. */
  readonly model?: string
  readonly serialNumber?: string
  readonly softwareId?: string
  /** Accounts; default one `admin` of group `full` with an empty password. Exports never hold them. */
  readonly users?: readonly EngineUser[]
  /** Seed for everything that looks random (ids of backups, salts). */
  readonly seed?: number
  /** Named unsure behaviours, for example `import-parse: whole-file`. The engine documents its own names. */
  readonly options?: Readonly<Record<string, string>>
}

/** An account at first boot. */
export interface EngineUser {
  readonly name: string
  readonly password?: string
  /** Group name, default `full`. */
  readonly group?: string
  /** Prefixes from which the account may log in; default anywhere. */
  readonly address?: string
  /** OpenSSH public key lines. */
  readonly publicKeys?: readonly string[]
  readonly disabled?: boolean
}

/** Makes one router's engine on its host. Parsing and loading of the config are done once and shared by a fleet. */
export type EngineFactory = (host: RouterHost) => RouterEngine

/**
 * `prepareEngine` in `prepare-engine.ts` is of this type. Beside it, `scenarios/index.ts` exports `scenarioNames`,
 * `ScenarioName`, `isScenarioName(text): text is ScenarioName` and `scenarioOptions(name): SimulatorOptions`.
 */
export type PrepareEngine = (options: EngineOptions) => EngineFactory

/** One line of work for a session: who, over what, with which screen. The front makes exec and shell sessions. */
export interface SessionContext {
  readonly id: number
  /** `script` sessions are the engine's own: scheduler entries, `:execute` jobs, `*.auto.rsc`. */
  readonly kind: 'exec' | 'shell' | 'script'
  readonly user: string
  /** As the router sees the client; absent when the listener did not say. */
  readonly sourceAddress?: string
  /** Screen width in columns: 80 on exec. */
  readonly width: number
  /** Screen height for tables that are paged; 0 = no paging. */
  readonly height: number
  readonly colors: boolean
  /** Fires when the session is gone or Ctrl-C was pressed: a running command stops with `interrupted`. */
  readonly signal: AbortSignal
  /** Menu of the console, words separated by one blank, '' = root. The engine changes it (`/ip address`, `..`). */
  menu: string
  /** Sends output. Never waits; the front buffers. */
  write(text: string): void
  /** Waits until the client took what was written, so that a large output does not pile up. */
  drain?(): Promise<void>
  /** Asks a question on an interactive console and resolves with the line; absent on exec and in scripts. */
  ask?(question: string, options?: { readonly hidden?: boolean }): Promise<string>
}

/** What a command line came to. Output and error text were written to the session. */
export interface CommandResult {
  readonly failed: boolean
  /** `/quit`: close the session (without undoing safe mode). */
  readonly quit?: boolean
}

/** A credential as the SSH server received it. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly password: string }
  /** `blob` is the public key in SSH wire format; the front has verified the signature (or will, if `probe`). */
  | { readonly kind: 'public-key'; readonly algorithm: string; readonly blob: Uint8Array }

/** Whether a login is let in, and what the console shows then. */
export type LoginVerdict =
  | { readonly ok: true; readonly mustChangePassword?: boolean }
  /** `allowed` lists what may still be tried, for the SSH failure message. */
  | { readonly ok: false; readonly because: string; readonly allowed: readonly ('password' | 'publickey')[] }

/** A connection to the router itself, as packets would show it. */
export interface ConnectionFacts {
  /** `established` asks for the packets of a connection that was let in before. */
  readonly state: 'new' | 'established'
  readonly protocol: 'tcp'
  /** Client address as the router sees it. Absent: path and firewall are not evaluated, only the service. */
  readonly sourceAddress?: string
  readonly destinationAddress?: string
  readonly destinationPort: number
  /** Physical or L3 interface by which packets arrive; absent: like `sourceAddress` absent. */
  readonly ingressInterface?: string
  /** VLAN id of the frames on that interface, when they are tagged. */
  readonly vlanId?: number
}

/** `drop` = packets vanish; `reset` = the connection is refused or closed with RST. `because` names the rule or menu. */
export interface AdmitVerdict {
  readonly verdict: 'accept' | 'drop' | 'reset'
  readonly because: string
}

/** Result of a try to take safe mode. */
export type SafeModeVerdict =
  | { readonly outcome: 'taken' | 'refused' }
  | { readonly outcome: 'held'; readonly by: string; readonly sessionId: number }

/** How the last run of the router ended. */
export type BootReason = 'first' | 'reboot' | 'power' | 'backup-load' | 'reset'

/** The state, language and commands of one router. All methods are called by the front; none throws on user input. */
export interface RouterEngine {
  /** Runs one line (exec: the whole command string) and writes its output, errors included, to the session. */
  run(commandText: string, session: SessionContext): Promise<CommandResult>
  /** What is missing for the line to be complete: the console then shows a continuation prompt. */
  continuation(commandText: string): 'complete' | 'brace' | 'string' | 'line'
  /** Words that could complete the last word of the line, for Tab; may be left out. */
  complete?(line: string, session: SessionContext): readonly string[]
  identity(): string
  /** RouterOS version, `7.16.1`. */
  version(): string
  /** The port that `/ip service` gives ssh at this moment. */
  sshPort(): number
  /** Lines of `/system note` shown at login; '' for none. */
  loginNote(): string
  checkLogin(user: string, credential: Credential, from: { readonly sourceAddress?: string }): LoginVerdict
  /** True when the user's group has the policy (`ssh`, `ftp`, `write`, …). */
  hasPolicy(user: string, policy: string): boolean
  admits(connection: ConnectionFacts): AdmitVerdict
  takeSafeMode(session: SessionContext): SafeModeVerdict
  /** What the second user chose: unroll the holder's changes or release (keep) them, then take over. */
  hijackSafeMode(session: SessionContext, choice: 'unroll' | 'release'): void
  releaseSafeMode(session: SessionContext): void
  /** Undoes everything since safe mode was taken; Ctrl-D, or the session ended abnormally. */
  unrollSafeMode(session: SessionContext): void
  hasSafeMode(session: SessionContext): boolean
  /** Called when a login is complete and when it ends: `/user active`, log lines. */
  sessionOpened(session: SessionContext): void
  /** `abnormal` = the connection broke: safe mode of this session is undone. */
  sessionClosed(session: SessionContext, how: 'normal' | 'abnormal'): void
  /** A file named `*.auto.rsc` was uploaded. */
  fileUploaded(name: string, user: string): void
  /** Power is on and the console is up: starts scheduler, startup entries, run-after-reset. */
  boot(reason: BootReason): void
  /** Power goes away: forget what a router holds in RAM (jobs, run-count, dynamic state). Timers are dead already. */
  shutdown(): void
  /** Adds a line to `/log`. */
  log(topics: string, message: string): void
  /** State access for assertions. */
  readonly inspect: EngineInspection
}

/** Reads of the state for tests; no permission is checked and nothing is logged. */
export interface EngineInspection {
  exportText(options?: {
    readonly verbose?: boolean
    readonly terse?: boolean
    readonly showSensitive?: boolean
  }): string
  /** The export without header and live comments, unwrapped, LF line ends. */
  significantText(): string
  schedulers(): readonly SchedulerState[]
  /** Names of running and parked jobs (`/system script job`). */
  jobs(): readonly { readonly id: string; readonly script: string; readonly started: number }[]
  logLines(): readonly { readonly timeMs: number; readonly topics: string; readonly message: string }[]
  /** Items of a menu (`ip address`) as property maps, `.id` and `.dynamic` included. */
  items(menu: string): readonly Readonly<Record<string, string>>[]
}

/** One scheduler entry as a test sees it. Times in ms, router's local wall clock read as UTC. */
export interface SchedulerState {
  readonly name: string
  readonly disabled: boolean
  readonly runCount: number
  readonly intervalMs: number
  readonly nextRunMs?: number
  readonly onEvent: string
}

/** What the engine may use of the world outside it. */
export interface RouterHost {
  readonly clock: RouterClock
  readonly files: RouterFiles
  /** Pseudo-random numbers in [0, 1), from the simulator's seed. */
  random(): number
  /** Restarts the router: output already written is sent, then connections drop. Returns at once. */
  reboot(reason: BootReason | 'shutdown'): void
  /** Call after each change of configuration: the front asks `admits` again for open connections. */
  configurationChanged(): void
  /** Ends open sessions of a user (`/user active remove`, account removed with that option). */
  disconnect(filter: { readonly user?: string; readonly sessionId?: number }): void
  /** `/ip ssh regenerate-host-key`: from the next connection on another key is shown. */
  regenerateHostKey(): void
  /** A line for every interactive console (log action=echo, `[Safe mode released by another user]`). */
  notify(sessionId: number | 'all', text: string): void
  /**
   * Lets faults act. The engine awaits it at each `FaultPoint`; a returned text is the error the command then fails
   * with. May wait (stall), may never return before the session's signal fires.
   */
  checkpoint(point: FaultPoint): Promise<string | undefined>
}

/** Moments at which a fault may act. `count` values are 1-based. */
export type FaultPoint =
  | {
      readonly at: 'command'
      readonly menu: string
      readonly verb: string
      readonly sessionKind: SessionContext['kind']
    }
  | { readonly at: 'import-line'; readonly line: number; readonly file: string }
  | { readonly at: 'export-menu'; readonly menu: string }
  | { readonly at: 'backup-save' | 'backup-load'; readonly file: string }
  | { readonly at: 'scheduler-add' | 'scheduler-run'; readonly name: string }

/** Time as one router knows it, from boot to reboot: sleeps and timers end with the boot they belong to. */
export interface RouterClock {
  /** The router's belief of UTC, ms since 1970. */
  utcMs(): number
  /** Local wall clock: `utcMs` plus the time zone's offset, to be formatted as if it were UTC. */
  localMs(): number
  /** Time since boot, never jumps. */
  uptimeMs(): number
  /** `/system clock set date= time=`: local wall clock jumps to this. */
  setLocalMs(localMs: number): void
  /** Name of an IANA zone, or `manual` with an offset. Local time steps, UTC does not. */
  setTimeZone(zone: string, manualOffsetMinutes?: number): void
  timeZone(): string
  /** Present offset of local time from UTC in minutes. */
  offsetMinutes(): number
  /**
   * Rejects with the signal's reason when it fires or the router goes down. Under virtual time a sleep of a session
   * that somebody waits for moves time on; pass `background` for scripts that nobody waits for (jobs, scheduler).
   */
  sleep(ms: number, options?: { readonly signal?: AbortSignal; readonly background?: boolean }): Promise<void>
  /** Runs `callback` once after `ms` of uptime; the returned function cancels. Never moves virtual time by itself. */
  setTimer(ms: number, callback: () => void): () => void
  /** Called after each jump of local time (set, NTP, time zone, fault): the scheduler looks again. */
  onJump(callback: () => void): void
}

/** One file or directory; names are root-relative without a leading slash. */
export interface RouterFile {
  readonly name: string
  readonly type: 'file' | 'directory' | 'disk'
  readonly size: number
  /** Local wall clock in ms at creation and last change. */
  readonly createdMs: number
  readonly modifiedMs: number
}

/** The router's file store, with capacity and RAM disk. */
export interface RouterFiles {
  /** Print order: by name. */
  list(): readonly RouterFile[]
  find(name: string): RouterFile | undefined
  /** Undefined when there is no such file. */
  read(name: string): Uint8Array | undefined
  /** Replaces or creates; a slow flash takes time. Rejects with `FileStoreError`; its message is the router's text. */
  write(name: string, content: Uint8Array): Promise<void>
  /** False when there is no such file. A directory takes its content along. */
  remove(name: string): boolean
  makeDirectory(name: string): void
  freeBytes(): number
  totalBytes(): number
}
