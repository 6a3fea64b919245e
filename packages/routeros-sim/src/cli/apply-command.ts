import { Command } from 'commander'
import type { SessionContext } from '../engine.js'
import { loadRouter } from './load-router.js'
import { readConfig } from './read-config.js'

interface ApplyFlags {
  readonly config: string
  readonly script: string
  readonly version?: string
}

/** The line that says an import went through; anything else is a failure. */
const importSucceeded = 'Script file loaded and executed successfully'

/** `routeros-sim apply`: import a script into a router that has loaded a config, then print its export. */
export function applyCommand(): Command {
  return new Command('apply')
    .description(
      'Import a script into a router and print its export; exit 1 with the error text when it failed.',
    )
    .requiredOption('--config <file>', 'export (.rsc) that the router has loaded')
    .requiredOption('--script <file>', 'script to import')
    .option('--version <version>', 'RouterOS version; default that of the config')
    .action(async (flags: ApplyFlags) => {
      const router = await loadRouter(await readConfig(flags.config), flags.version)
      let answer = ''
      const session: SessionContext = {
        id: router.nextSessionId(),
        kind: 'exec',
        user: 'admin',
        width: 80,
        height: 0,
        colors: false,
        signal: new AbortController().signal,
        menu: '',
        write: (text) => {
          answer += text
        },
      }
      await router.files.write('apply.rsc', Buffer.from(await readConfig(flags.script), 'latin1'))
      await router.engine.run('/import file-name=apply.rsc', session)
      process.stdout.write(Buffer.from(router.exportText({ showSensitive: true }), 'latin1'))
      if (!answer.split('\n').some((line) => line.trim() === importSucceeded)) {
        process.stderr.write(Buffer.from(answer, 'latin1'))
        process.exitCode = 1
      }
      await router.stop()
    })
}
