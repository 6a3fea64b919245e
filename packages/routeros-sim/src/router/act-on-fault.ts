import type { BootReason, FaultPoint } from '../engine.js'
import type { FaultPlan, FiredFault } from '../faults/fault-plan.js'
import { readDuration } from '../faults/parse-fault.js'
import type { FileStore } from '../files/file-store.js'
import type { WallClock } from '../time/wall-clock.js'

/** What faults can take hold of. */
export interface FaultTarget {
  readonly clock: WallClock
  readonly files: FileStore
  readonly faults: FaultPlan
  reboot(reason: BootReason): void
  regenerateHostKey(): void
  act(fault: FiredFault): boolean
}

/** What faults do to a connection. */
export interface StruckConnection {
  drop(): void
  stall(because: string): void
  halfOpen(): void
}

const dayMs = 86_400_000

/** Does to the router or the connections what a fault says. True when the connections are useless from now on. */
export function actOnFault(
  router: FaultTarget,
  fault: FiredFault,
  struck: readonly StruckConnection[],
): boolean {
  const { name, value } = fault.spec
  switch (name) {
    case 'drop':
    case 'refuse-connection':
      for (const connection of struck) connection.drop()
      return true
    case 'stall':
      for (const connection of struck) connection.stall('fault')
      return true
    case 'half-open':
      for (const connection of struck) connection.halfOpen()
      return true
    case 'kill':
      router.reboot('power')
      return true
    case 'reboot':
      router.reboot('reboot')
      return true
    case 'reboot-loop':
      router.clock.setTimer(readDuration(value ?? '5s'), () => router.reboot('power'))
      return false
    case 'change-host-key':
      router.regenerateHostKey()
      return false
    case 'disk-full':
      router.files.fill(Number(value ?? 0))
      return false
    case 'clock-jump':
      router.clock.setUtcMs(
        router.clock.utcMs() + readDuration(/^[+-]?\d+$/.test(value ?? '') ? `${value}s` : (value ?? '1h')),
      )
      return false
    case 'time-zone-step':
      stepTimeZone(router.clock, value ?? '+60')
      return false
    case 'forget-time':
      router.clock.setUtcMs(dayMs)
      return false
    default:
      return false
  }
}

/** Lets faults act at a moment inside the engine; a text is the error with which the command then fails. */
export async function afterCheckpoint(router: FaultTarget, point: FaultPoint): Promise<string | undefined> {
  if (point.at === 'command') return undefined
  const subject = 'name' in point ? point.name : 'menu' in point ? point.menu : point.file
  const line = point.at === 'import-line' ? { line: point.line } : {}
  for (const fault of router.faults.take({ on: point.at, subject, ...line })) {
    const { name, value } = fault.spec
    if (name === 'fail-import' || name === 'fail-export-menu') return value ?? 'timeout'
    if (name === 'refuse-guard') return value ?? 'failure: not allowed by device-mode'
    if (name === 'deny-permission') return 'not enough permissions (9)'
    router.act(fault)
    // Nothing runs on once the router goes down.
    if (name === 'kill' || name === 'reboot') return new Promise(() => {})
  }
  return undefined
}

/** `+60` and `-840` are minutes from UTC; anything else is a zone's name. */
function stepTimeZone(clock: WallClock, value: string): void {
  if (/^[+-]?\d+$/.test(value)) clock.setTimeZone('manual', Number(value))
  else clock.setTimeZone(value)
}
