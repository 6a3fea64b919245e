import type { CliIo } from './cli-io.js'

/** An option as `node:util` `parseArgs` takes it. */
export interface CommandOption {
  readonly type: 'boolean' | 'string'
  readonly short?: string
  readonly multiple?: boolean
}

/** What a command gets: the values of its options and the words that are none. */
export interface CommandInput {
  readonly flags: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  readonly words: readonly string[]
}

/** One subcommand of `rsc`. */
export interface Command {
  readonly name: string
  /** One line for the overview. */
  readonly summary: string
  /** Text of `rsc NAME --help`, with examples. */
  readonly help: string
  readonly options: Readonly<Record<string, CommandOption>>
  /** Resolves with the exit code. Throws `UsageError` on wrong input. */
  readonly run: (input: CommandInput, io: CliIo) => Promise<number>
}
