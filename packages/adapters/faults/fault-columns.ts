import type { FaultName, FaultSpec } from '@tod/routeros-sim'

/** What strikes a push: faults of the router, or something that happens to us. */
export type FaultColumn =
  | {
      readonly kind: 'router'
      readonly fault: FaultName
      readonly specs: readonly FaultSpec[]
      /** Over after so long, however often it struck. */
      readonly forMs?: number
    }
  /** Power is cut so long after the step. */
  | { readonly kind: 'later-power-cut'; readonly afterMs: number }
  /** The launch is sent, and arrives only when another process has recovered the operation. */
  | { readonly kind: 'late-launch' }
  /** The router says that the guard's entries are removed and keeps them. */
  | { readonly kind: 'removal-without-effect' }
  /** Somebody changes the configuration over a connection of his own. */
  | { readonly kind: 'edit'; readonly command: string }
  | { readonly kind: 'database-away'; readonly awayMs: number }
  | { readonly kind: 'lease-taken-over' }
  | { readonly kind: 'process-killed' }

const router = (name: FaultName, ...specs: readonly Omit<FaultSpec, 'name'>[]) => ({
  kind: 'router' as const,
  fault: name,
  specs: (specs.length === 0 ? [{}] : specs).map((spec) => ({ name, ...spec })),
})

/** A fault that needs a boot to act: the router is restarted by the next command. */
const atBoot = (name: FaultName, spec: Omit<FaultSpec, 'name'> = {}): FaultColumn => ({
  kind: 'router',
  fault: name,
  specs: [{ name: 'reboot' }, { name, on: 'boot', ...spec }],
})

/** Line of the plan file at which `fail-import` strikes is set per strategy: something is applied before it. */
export const columns = {
  'refuse-connection': router('refuse-connection', { times: 3 }),
  drop: router('drop'),
  'drop after the command': router('drop', { on: 'command-end' }),
  'drop in a transfer': router('drop', { on: 'transfer' }),
  stall: router('stall'),
  'stall after the command': router('stall', { on: 'command-end' }),
  'half-open': router('half-open'),
  'half-open after the command': router('half-open', { on: 'command-end' }),
  kill: router('kill'),
  'kill after the command': router('kill', { on: 'command-end' }),
  'kill in the import': router('kill', { on: 'import-line' }),
  'kill in the load': router('kill', { on: 'backup-load' }),
  reboot: router('reboot'),
  'reboot after the command': router('reboot', { on: 'command-end' }),
  'reboot-loop': atBoot('reboot-loop', { value: '5s', times: 3 }),
  'refuse-login': router('refuse-login', { times: 3 }),
  'change-host-key': router('change-host-key'),
  'truncate-export': router('truncate-export', { byte: 200 }),
  'interrupt-export': router('interrupt-export', { byte: 200 }),
  'slow-export': router('slow-export', { value: '20000', match: 'export' }),
  'fail-export-menu': router('fail-export-menu', { match: 'system identity' }),
  'fail-import': router('fail-import', { match: 'plan' }),
  'refuse-guard': router('refuse-guard'),
  'deny-permission': router('deny-permission'),
  'disk-full': router('disk-full'),
  'clock-jump forward': router('clock-jump', { value: '+3600', on: 'command' }),
  'clock-jump back': router('clock-jump', { value: '-3600', on: 'command' }),
  'time-zone-step east': router('time-zone-step', { value: '+840', on: 'command' }),
  'time-zone-step west': router('time-zone-step', { value: '-720', on: 'command' }),
  'forget-time': atBoot('forget-time'),
  'clock-jump while arming': router('clock-jump', { value: '-7200', on: 'scheduler-add' }),
  'locked out for 20 min': { ...router('refuse-connection', { times: 100_000 }), forMs: 1_200_000 },
  'power cut 30 s later': { kind: 'later-power-cut', afterMs: 30_000 },
  'removal without effect': { kind: 'removal-without-effect' },
  'late launch': { kind: 'late-launch' },
  'guard removed by somebody': { kind: 'edit', command: '/system scheduler remove [find name~"^tod-guard"]' },
  'edited by somebody': { kind: 'edit', command: '/system note set note=edited' },
  'database away, 20 s': { kind: 'database-away', awayMs: 20_000 },
  'database away, 30 min': { kind: 'database-away', awayMs: 1_800_000 },
  'lease taken over': { kind: 'lease-taken-over' },
  'process killed': { kind: 'process-killed' },
} as const satisfies Readonly<Record<string, FaultColumn>>

/** Name of a column of the matrix. */
export type ColumnName = keyof typeof columns

/** All columns, in order. */
export const columnNames = Object.keys(columns) as readonly ColumnName[]
