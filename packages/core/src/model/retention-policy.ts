/**
 * Which revisions stay. A revision stays when any rule keeps it; without any rule everything stays. Pinned revisions,
 * checkpoints, the newest one and the target of a rollback always stay.
 */
export interface RetentionPolicy {
  /** The newest so many. */
  readonly last?: number
  /** Everything younger, in days. */
  readonly days?: number
  /** The newest of each of the last so many calendar days (UTC) that have one; weeks begin on Monday. */
  readonly daily?: number
  readonly weekly?: number
  readonly monthly?: number
}
