/** Why a backup was taken. On the wire `trigger_type`. */
export const triggers = [
  'manual',
  'scheduled',
  'checkpoint',
  'pre-restore',
  'pre-rollback',
  'pre-template-push',
  'config-change',
] as const

/** One of {@link triggers}. */
export type Trigger = (typeof triggers)[number]

/** Triggers whose backup an emergency rollback may go to. `pre-rollback` is none: a second click must not undo the first. */
export const rollbackTriggers: readonly Trigger[] = ['pre-restore', 'checkpoint', 'pre-template-push']

/** True for one of {@link triggers}. */
export function isTrigger(value: string): value is Trigger {
  return (triggers as readonly string[]).includes(value)
}
