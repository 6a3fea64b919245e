import type { Command } from 'commander'
import { readConfig } from '../../config.js'
import { createLogger } from '../../logger.js'
import { startServer } from '../../start-server.js'
import type { ProgramStreams, SharedOptions } from '../command-context.js'
import { wholeNumber } from '../option-values.js'

/** Resolves when the process is told to end. A second signal ends it at once. */
const untilTold = (): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      resolve()
      process.once('SIGINT', () => process.exit(130))
    }
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  })

export function addServeCommand(program: Command, streams: ProgramStreams): void {
  program
    .command('serve')
    .description('Run the reference server until it is told to end')
    .option(
      '--port <number>',
      'port to listen on; the next free one when it is taken (PORT)',
      wholeNumber(0, 65_535),
    )
    .option('--host <address>', 'address to listen on (TOD_HOST)')
    .addHelpText(
      'after',
      '\nAll settings: docs/operations.md. Example:\n  PORT=8080 TOD_DATA=/var/lib/tod tod serve',
    )
    .action(async (options: { port?: number; host?: string }, command: Command) => {
      const { data } = command.optsWithGlobals<SharedOptions>()
      const config = readConfig({
        ...process.env,
        ...(data === undefined ? {} : { TOD_DATA: data }),
        ...(options.port === undefined ? {} : { PORT: String(options.port) }),
        ...(options.host === undefined ? {} : { TOD_HOST: options.host }),
      })
      const told = untilTold()
      const server = await startServer(config, createLogger(config.LOG_LEVEL))
      if (config.PORT !== 0 && server.port !== config.PORT) {
        streams.err(`Port ${config.PORT} is in use: listening on ${server.port}.\n`)
      }
      streams.err(`Listening on ${server.url}\n`)
      await told
      streams.err('Stopping ...\n')
      await server.stop()
    })
}
