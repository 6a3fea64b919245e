import { parseArgs } from 'node:util'
import { version } from '../version.js'
import type { CliIo } from './cli-io.js'
import type { Command } from './command.js'
import { commands } from './commands/index.js'
import { exitCodes } from './exit-codes.js'
import { nearest } from './nearest.js'
import { UsageError } from './usage-error.js'

/** Runs `rsc` with the words after its name; resolves with the exit code and never throws on what users do. */
export async function runCli(words: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined) {
    io.stderr(overview())
    return exitCodes.usage
  }
  if (name === '--version' || name === '-V') {
    io.stdout(`${version}\n`)
    return exitCodes.ok
  }
  const isHelp = name === '--help' || name === '-h' || name === 'help'
  const asked = isHelp ? rest[0] : name
  if (isHelp && asked === undefined) {
    io.stdout(overview())
    return exitCodes.ok
  }
  const command = commands.find((each) => each.name === asked)
  if (command === undefined) {
    const meant = nearest(
      asked ?? '',
      commands.map((each) => each.name),
    )
    io.stderr(`rsc: no command ${asked}${didYouMean(meant)}\n\n${overview()}`)
    return exitCodes.usage
  }
  if (isHelp) {
    io.stdout(command.help)
    return exitCodes.ok
  }
  try {
    const { values, positionals } = read(command, rest)
    if (values.help === true) {
      io.stdout(command.help)
      return exitCodes.ok
    }
    return await command.run({ flags: values, words: positionals }, io)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    io.stderr(`rsc ${name}: ${error.message}\nTry: rsc ${name} --help\n`)
    return exitCodes.usage
  }
}

function read(command: Command, words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    })
  } catch (cause) {
    throw new UsageError(optionMessage(cause, Object.keys(command.options)), { cause })
  }
}

/** What `parseArgs` says, without its advice for another kind of mistake. */
function optionMessage(cause: unknown, options: readonly string[]): string {
  if (!(cause instanceof Error)) return 'wrong options'
  const unknown = /^Unknown option '(-+)([^']*)'/.exec(cause.message)
  if (unknown === null) return cause.message
  const meant = nearest(unknown[2] ?? '', options)
  return `unknown option ${unknown[1]}${unknown[2]}${didYouMean(meant === undefined ? undefined : `--${meant}`)}`
}

const didYouMean = (meant: string | undefined): string =>
  meant === undefined ? '' : `; did you mean ${meant}?`

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}\n`)
  return `rsc reads RouterOS exports and scripts without a router.

Usage: rsc COMMAND ... (a file named - is standard input)

${lines.join('')}
Secrets are masked in all output unless --show-secrets is given.
Help on a command, with examples: rsc COMMAND --help
`
}
