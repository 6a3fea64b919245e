import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { planConformance, runConformance } from '../conformance/run-conformance.js'
import type { PlayerTarget } from '../conformance/ssh-player.js'
import { readPort } from './read-number.js'

interface ConformanceFlags {
  readonly host: string
  readonly port: string
  readonly user: string
  readonly password?: string
  readonly key?: string
  readonly legacy?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

/** `routeros-sim conformance`: compares a router with what the simulator believes. Without `--yes` only a list. */
export function conformanceCommand(): Command {
  return new Command('conformance')
    .description(
      'Compare a router with what the simulator believes; without --yes only list what would be done.',
    )
    .requiredOption('--host <address>', 'router or simulator')
    .option('--port <number>', 'SSH port', '22')
    .requiredOption('--user <name>', 'account of group full')
    .option('--password <password>', 'its password; default $ROUTEROS_PASSWORD')
    .option('--key <file>', 'private key instead of a password')
    .option('--legacy', 'offer ssh-rsa and SHA-1 key exchange too')
    .option('--yes', 'do it')
    .option('--json', 'one JSON document')
    .action(async (flags: ConformanceFlags) => {
      if (flags.yes !== true) {
        for (const action of planConformance()) process.stdout.write(`${action.id}: ${action.does}\n`)
        process.stdout.write('\nNothing was done. Add --yes to play this list on the router.\n')
        return
      }
      const target = await targetOf(flags)
      const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
      const report = await runConformance(target, sleep, (result) => {
        if (flags.json === true) return
        process.stdout.write(`${result.outcome.padEnd(8)} ${result.id}: ${result.title}\n`)
        if (result.outcome !== 'same') {
          for (const detail of result.details) process.stdout.write(`  ${detail.replaceAll('\n', '\n  ')}\n`)
        }
      })
      const count = (outcome: string) => report.results.filter((result) => result.outcome === outcome).length
      if (flags.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
      else {
        process.stdout.write(
          `\nRouterOS ${report.version} on ${report.board}: ${count('same')} same, ${count('differs')} differ, ` +
            `${count('failed')} failed, ${count('skipped')} skipped\n`,
        )
      }
      if (count('differs') + count('failed') > 0) process.exitCode = 1
    })
}

async function targetOf(flags: ConformanceFlags): Promise<PlayerTarget> {
  const password = flags.password ?? process.env.ROUTEROS_PASSWORD
  return {
    host: flags.host,
    port: readPort('--port', flags.port),
    user: flags.user,
    ...(password === undefined ? {} : { password }),
    ...(flags.key === undefined ? {} : { privateKey: await readFile(flags.key, 'utf8') }),
    ...(flags.legacy === true ? { legacyAlgorithms: true } : {}),
  }
}
