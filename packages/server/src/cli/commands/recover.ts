import type { RecoveryOutcome } from '@tod/core'
import type { Command } from 'commander'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { CommandFailed } from '../command-failed.js'
import { exitCodes } from '../exit-codes.js'
import { printList } from '../output.js'

/** Between two looks at what is still open, ms. */
const pauseMs = 10_000

const saidOf = ({ outcome, state, error }: RecoveryOutcome): string => {
  if (outcome === 'busy') return 'another process is at it'
  return outcome === 'ended' ? (state ?? 'ended already') : (error ?? state ?? 'open')
}

export function addRecoverCommand(program: Command, streams: ProgramStreams): void {
  program
    .command('recover')
    .option('--once', 'look once; do not wait for guards that have yet to fire')
    .description('Bring pushes that a process left open to their end, by what the devices show')
    .addHelpText(
      'after',
      '\nA server does this by itself. A guard that is still on a device fires in its time, whether anybody waits or not.',
    )
    .action((options: { readonly once?: boolean }, command: Command) =>
      withLocal(command, streams, async ({ opened, output }) => {
        const { tod, clock } = opened.local
        const ended: RecoveryOutcome[] = []
        for (;;) {
          const outcomes = await tod.recoverOperations()
          ended.push(...outcomes.filter(({ outcome }) => outcome === 'ended'))
          const open = outcomes.filter(({ outcome }) => outcome === 'open')
          if (open.length > 0 && !options.once) {
            output.err(`${open.length} still open (${open.map(saidOf).join(', ')}): looking again ...\n`)
            await clock.sleep(pauseMs)
            continue
          }
          const left = outcomes.filter(({ outcome }) => outcome !== 'ended')
          printList(output, [...ended, ...left], {
            ID: ({ operationId }) => operationId,
            DEVICE: ({ deviceId }) => deviceId,
            STATE: saidOf,
          })
          if (left.length > 0) throw new CommandFailed(exitCodes.failed)
          return
        }
      }),
    )
}
