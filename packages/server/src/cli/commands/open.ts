import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type KeyProvider,
  KeyRing,
  LibsodiumSecretBox,
  PlaintextSecretBox,
  parseRecoveryKit,
  readMasterKeyFile,
  staticKeyProvider,
  TieredSecretBox,
} from '@tod/adapters/crypto'
import { openRevision } from '@tod/adapters/git'
import { hasErrorCode, type WrappedKeyStore } from '@tod/core'
import type { Command } from 'commander'
import { readConfig } from '../../config.js'
import { openTransit } from '../../wiring.js'
import type { ProgramStreams } from '../command-context.js'
import { UsageError } from '../usage-error.js'

interface OpenOptions {
  readonly masterKey?: string
  readonly kit?: string
  readonly file: string
  readonly unverified?: boolean
}

const files = { export: 'export.rsc', binary: 'backup.bin', meta: 'meta.json' } as const

async function readMasterKeys({ masterKey, kit }: OpenOptions): Promise<KeyProvider | undefined> {
  if (kit !== undefined)
    return staticKeyProvider((await parseRecoveryKit(readFileSync(kit, 'utf8'))).masterKeys)
  return masterKey === undefined ? undefined : await readMasterKeyFile(masterKey)
}

/** What opens content: the master key, a Transit engine of the environment, or both. */
async function chooseBoxes(options: OpenOptions): Promise<(store: WrappedKeyStore) => TieredSecretBox> {
  const masterKeys = await readMasterKeys(options)
  const transit = openTransit(readConfig(process.env))
  return (store) => {
    const local =
      masterKeys === undefined ? undefined : new LibsodiumSecretBox(new KeyRing({ masterKeys, store }))
    const current = local ?? transit
    if (current === undefined) {
      throw new UsageError(
        'Say where the key is: --master-key FILE or --kit FILE, or TOD_TRANSIT_ADDRESS and TOD_TRANSIT_TOKEN.',
      )
    }
    return new TieredSecretBox({
      current,
      plaintext: new PlaintextSecretBox(),
      ...(local === undefined ? {} : { local }),
      ...(transit === undefined ? {} : { transit }),
    })
  }
}

export function addOpenCommand(program: Command, streams: ProgramStreams): void {
  program
    .command('open')
    .argument('<repository>', 'folder of a tenant’s bare repository')
    .argument('<sha>', 'revision, or the beginning of its sha')
    .option('--master-key <file>', 'file of the master key')
    .option('--kit <file>', 'recovery kit, in place of the master key')
    .option('--file <name>', `one of ${Object.keys(files).join(', ')}`, 'export')
    .option('--unverified', 'print it even if it is not what was recorded with the revision')
    .description('Break glass: read a revision with nothing but the repository and the master key')
    .addHelpText(
      'after',
      '\nExample:\n  tod open .tod/repositories/<tenant>.git 3f2a91c --master-key .tod/master.key',
    )
    .action(async (repository: string, commitSha: string, options: OpenOptions) => {
      const file = Object.entries(files).find(([name]) => name === options.file)?.[1]
      if (file === undefined) throw new UsageError(`--file: one of ${Object.keys(files).join(', ')}.`)
      if (!existsSync(join(repository, 'objects'))) {
        throw new UsageError(`There is no bare git repository at '${repository}'.`)
      }
      const { content } = await openRevision({
        repository: repository.replace(/\/+$/, ''),
        commitSha,
        file,
        unverified: options.unverified ?? false,
        makeBox: await chooseBoxes(options),
      }).catch((error: unknown) => {
        if (!hasErrorCode(error, 'REVISION_NOT_FOUND')) throw error
        throw new UsageError(
          `The repository has no revision '${commitSha}', or several: \`git log --all\` lists them.`,
        )
      })
      streams.outBytes(content)
    })
}
