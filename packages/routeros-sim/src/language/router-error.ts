/** A place in a command text as RouterOS counts it: both numbers 1-based, the column in bytes. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

/**
 * What a router answers when a command cannot be done. `syntax` errors are found before anything runs and end in
 * `(line N column M)`; `run` errors come from a command that ran, and inside scripts name the command and its line.
 */
export class RouterError extends Error {
  override readonly name = 'RouterError'
  readonly kind: 'syntax' | 'run'
  /** Command path and line of the innermost command, filled while the error travels up through a script. */
  origin: { readonly command: string; readonly line: number } | undefined

  constructor(text: string, kind: 'syntax' | 'run' = 'run') {
    super(text)
    this.kind = kind
  }
}

/** Makes the error for something that could not be read at a place. */
export function syntaxError(text: string, at: TextPosition): RouterError {
  return new RouterError(`${text} (line ${at.line} column ${at.column})`, 'syntax')
}

/** The text of `failure: …` for a refusal that depends on the state. */
export function failure(text: string): RouterError {
  return new RouterError(`failure: ${text}`)
}
