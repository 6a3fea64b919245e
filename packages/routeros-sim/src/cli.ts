#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { applyCommand } from './cli/apply-command.js'
import { conformanceCommand } from './cli/conformance-command.js'
import { exportCommand } from './cli/export-command.js'
import { fidelityCommand } from './cli/fidelity-command.js'
import { serveCommand } from './cli/serve-command.js'

const program = new Command('routeros-sim')
  .description('A RouterOS that behaves, over real SSH.')
  .addCommand(serveCommand())
  .addCommand(exportCommand())
  .addCommand(applyCommand())
  .addCommand(fidelityCommand())
  .addCommand(conformanceCommand())

for (const command of [program, ...program.commands]) command.exitOverride()

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no error.
    if (code === 'EPIPE') return
    process.stderr.write(`routeros-sim: the output cannot be written: ${code}\n`)
    process.exit(2)
  })
}

// Status 1 is an answer (an import failed, a router differs); a wrong call is 2.
program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
    return
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
})
