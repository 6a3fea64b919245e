/** What is wrong with a damaged part of a repository. */
export type DamageKind = 'missing' | 'truncated' | 'hash-mismatch' | 'unreadable' | 'bad-ref'

/** Something in a repository that cannot be what was written there. Translated at the adapter's edge. */
export class RepositoryDamageError extends Error {
  override readonly name = 'RepositoryDamageError'

  /** @param subject what is damaged: an object id, a ref name or a pack's file name. Safe to log. */
  constructor(
    readonly subject: string,
    readonly kind: DamageKind,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${subject}: ${problem}`, options)
  }
}
