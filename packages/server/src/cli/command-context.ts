import type { Command } from 'commander'
import { type OpenedLocal, openLocal } from './open-local.js'
import type { Output } from './output.js'

/** Options that every command has. */
export interface SharedOptions {
  readonly data?: string
  readonly json?: boolean
  readonly tenant?: string
}

/** What a command's action gets. */
export interface CommandContext {
  readonly opened: OpenedLocal
  readonly output: Output
  readonly tenant: string | undefined
}

/** Where the program reads and writes. */
export interface ProgramStreams {
  readonly out: (text: string) => void
  /** Content as it is, byte for byte. */
  readonly outBytes: (bytes: Uint8Array) => void
  readonly err: (text: string) => void
  readonly isTerminal: boolean
  /** All of standard input, for secrets that should not stand in a command line. */
  readonly readInput: () => Promise<string>
}

/** Runs an action with the installation open, and closes it whatever happens. */
export async function withLocal<T>(
  command: Command,
  streams: ProgramStreams,
  action: (context: CommandContext) => Promise<T>,
): Promise<T> {
  const { data, json, tenant } = command.optsWithGlobals<SharedOptions>()
  const opened = await openLocal(data)
  try {
    return await action({ opened, output: { ...streams, json: json ?? false }, tenant })
  } finally {
    await opened.close()
  }
}
