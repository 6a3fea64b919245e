/** Something in a repository that cannot be what was written there. Translated at the adapter's edge. */
export class RepositoryDamageError extends Error {
  override readonly name = 'RepositoryDamageError'
  /** What is damaged: an object id, a ref name or a pack's file name. Safe to log. */
  readonly subject: string

  constructor(subject: string, problem: string, options?: ErrorOptions) {
    super(`${subject}: ${problem}`, options)
    this.subject = subject
  }
}
