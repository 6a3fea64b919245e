/** The command line cannot be carried out as written; its message goes to standard error, the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
