import { Command } from 'commander'
import { loadRouter } from './load-router.js'
import { readConfig } from './read-config.js'

interface ExportFlags {
  readonly version?: string
  readonly verbose?: boolean
  readonly terse?: boolean
  readonly hideSensitive?: boolean
}

/** `routeros-sim export FILE`: what a router that has loaded the file prints at `/export`. */
export function exportCommand(): Command {
  return new Command('export')
    .description('Load an export and print what the router would export.')
    .argument('<file>', 'export (.rsc)')
    .option('--version <version>', 'RouterOS version; default that of the file')
    .option('--verbose', 'all values, defaults too')
    .option('--terse', 'one line per command, with the full path')
    .option('--hide-sensitive', 'without secrets')
    .action(async (file: string, flags: ExportFlags) => {
      const router = await loadRouter(await readConfig(file), flags.version)
      const text = router.exportText({
        verbose: flags.verbose === true,
        terse: flags.terse === true,
        showSensitive: flags.hideSensitive !== true,
      })
      process.stdout.write(Buffer.from(text, 'latin1'))
      await router.stop()
    })
}
