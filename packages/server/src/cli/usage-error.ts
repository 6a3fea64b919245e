/** The command line names something that is not there, or not one thing. Ends the command with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
