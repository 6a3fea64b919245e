import { existsSync, statSync } from 'node:fs'
import { KeyServiceUnavailableError } from '@tod/core'
import { type KeyProvider, readMasterKeyFile, readOrCreateMasterKeyFile } from './crypto/index.js'

/**
 * The master key in a file. The file is looked at again whenever a key is asked for, so that a key that was taken away
 * opens nothing more; what it says is read once for each time it changes.
 */
class MasterKeyFile implements KeyProvider {
  private known: { readonly changedAt: number; readonly keys: Promise<KeyProvider> } | undefined

  constructor(private readonly path: string) {}

  async current(options?: { readonly signal?: AbortSignal }) {
    return (await this.keys()).current(options)
  }

  async find(id: string, options?: { readonly signal?: AbortSignal }) {
    return (await this.keys()).find(id, options)
  }

  private keys(): Promise<KeyProvider> {
    const changedAt = statSync(this.path, { throwIfNoEntry: false })?.mtimeMs
    if (changedAt === undefined) {
      throw new KeyServiceUnavailableError({ service: 'master key file: it is not there' })
    }
    if (this.known?.changedAt !== changedAt) this.known = { changedAt, keys: readMasterKeyFile(this.path) }
    return this.known.keys
  }
}

/**
 * The master key of a local installation: generated (mode 0600) when the installation is new, never when something was
 * sealed before. A missing key is then an error of each call that needs it, not a reason for another key.
 *
 * @param isNew nothing has been stored yet
 */
export async function localMasterKeys(path: string, isNew: boolean): Promise<KeyProvider> {
  if (isNew && !existsSync(path)) await readOrCreateMasterKeyFile(path)
  return new MasterKeyFile(path)
}
