import type { Command } from '../command.js'
import { diffCommand } from './diff.js'
import { fmtCommand } from './fmt.js'
import { impactCommand } from './impact.js'
import { lintCommand } from './lint.js'
import { outlineCommand } from './outline.js'
import { parseCommand } from './parse.js'
import { planCommand } from './plan.js'
import { printCommand } from './print.js'
import { redactCommand } from './redact.js'

/** All subcommands, in the order of the overview. */
export const commands: readonly Command[] = [
  lintCommand,
  diffCommand,
  planCommand,
  impactCommand,
  fmtCommand,
  redactCommand,
  outlineCommand,
  parseCommand,
  printCommand,
]
