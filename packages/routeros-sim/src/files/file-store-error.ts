/** Why a file operation failed; the message is what the router prints. */
export type FileStoreProblem = 'no-space' | 'no-such-directory' | 'is-directory' | 'bad-name'

/** A refused file operation of a simulated router. */
export class FileStoreError extends Error {
  override readonly name = 'FileStoreError'

  constructor(
    readonly problem: FileStoreProblem,
    message: string,
  ) {
    super(message)
  }
}
