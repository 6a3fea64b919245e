/** What can go wrong, by name. The README lists what each does and its default moment. */
export const faultNames = [
  'refuse-connection',
  'drop',
  'stall',
  'half-open',
  'kill',
  'reboot',
  'reboot-loop',
  'refuse-login',
  'change-host-key',
  'truncate-export',
  'interrupt-export',
  'slow-export',
  'fail-export-menu',
  'fail-import',
  'refuse-guard',
  'deny-permission',
  'disk-full',
  'clock-jump',
  'time-zone-step',
  'forget-time',
] as const

/** One of the faults above. */
export type FaultName = (typeof faultNames)[number]

/** What a fault waits for. */
export type FaultTrigger =
  /** A client connects (TCP). */
  | 'connect'
  /** A client tries to log in. */
  | 'login'
  /** A command line arrives, before it runs. */
  | 'command'
  /** A command line has run, before its end is told. */
  | 'command-end'
  /** Output of a command passes `byte`. */
  | 'output'
  /** An export comes to a menu; the menu is matched, `ip socks`. */
  | 'export-menu'
  /** An import reaches `line`. */
  | 'import-line'
  /** A scheduler entry is added, or run. */
  | 'scheduler-add'
  | 'scheduler-run'
  /** A backup is saved, or loaded. */
  | 'backup-save'
  | 'backup-load'
  /** A file is sent or fetched over SFTP or scp. */
  | 'transfer'
  /** The router has booted (the first boot does not count). */
  | 'boot'
  /** `afterMs` of time have passed since the simulator started. */
  | 'time'

/** One fault: what, when, how often. */
export interface FaultSpec {
  readonly name: FaultName
  /** Parameter of the fault: milliseconds, seconds, a text, a zone, a number. */
  readonly value?: string
  /** Default depends on the fault. */
  readonly on?: FaultTrigger
  /** Regular expression that the command line, file or entry name must match. */
  readonly match?: string
  /** Regular expression: the fault sleeps until a command line matches it. `since=/import`: after the push. */
  readonly since?: string
  /** The nth matching event fires (1-based); default 1. */
  readonly nth?: number
  /** Offset in the output of the matching command; `{ below }` draws one from the seed. */
  readonly byte?: number | { readonly below: number }
  /** Line of an import (1-based). */
  readonly line?: number
  readonly afterMs?: number
  /** How many events it fires on from then on; default 1; Infinity = always. */
  readonly times?: number
}

/** Default moment of each fault. */
export const defaultTriggers: Readonly<Record<FaultName, FaultTrigger>> = {
  'refuse-connection': 'connect',
  drop: 'command',
  stall: 'command',
  'half-open': 'command',
  kill: 'command',
  reboot: 'command',
  'reboot-loop': 'boot',
  'refuse-login': 'login',
  'change-host-key': 'connect',
  'truncate-export': 'output',
  'interrupt-export': 'output',
  'slow-export': 'command',
  'fail-export-menu': 'export-menu',
  'fail-import': 'import-line',
  'refuse-guard': 'scheduler-add',
  'deny-permission': 'command',
  'disk-full': 'command',
  'clock-jump': 'time',
  'time-zone-step': 'time',
  'forget-time': 'boot',
}
