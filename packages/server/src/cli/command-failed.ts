/** The command has said what went wrong; the program ends with this code. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  constructor(readonly exitCode: number) {
    super('The command failed.')
  }
}
