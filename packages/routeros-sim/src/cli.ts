#!/usr/bin/env node
import { Command } from 'commander'
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

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
})
