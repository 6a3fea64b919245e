import { randomBytes } from 'node:crypto'
import { link, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type KeyProvider, masterKeyBytes, staticKeyProvider, toMasterKey } from './master-key.js'
import { formatMasterKey, parseMasterKeys, unusable } from './master-key-text.js'

const source = 'master key file'

/**
 * Reads the master keys of a file. On systems that know permissions, nobody but its owner may read it.
 *
 * @throws KEY_SERVICE_UNAVAILABLE missing, unreadable, open to others, or no key in it
 */
export async function readMasterKeyFile(path: string): Promise<KeyProvider> {
  let text: string
  try {
    const { mode } = await stat(path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw unusable(source, 'others than its owner may read it; set its mode to 0600')
    }
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'errno' in error)) throw error
    throw unusable(source, 'it cannot be read', { cause: error })
  }
  return staticKeyProvider(await parseMasterKeys(text, source))
}

/**
 * Reads the master key file; makes it with a new key when there is none. Of two processes that start at once,
 * both get the same key.
 */
export async function readOrCreateMasterKeyFile(
  path: string,
): Promise<KeyProvider & { readonly isNew: boolean }> {
  const isNew = await createMasterKeyFile(path)
  return { ...(await readMasterKeyFile(path)), isNew }
}

/** Writes a file with a new key (mode 0600, forced to the disk); false when there is one already. */
export async function createMasterKeyFile(path: string): Promise<boolean> {
  const key = await toMasterKey(randomBytes(masterKeyBytes))
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(`${formatMasterKey(key)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    // A link fails where a rename would replace: a key that is there is never written over.
    return await linkUnlessThere(temporary, path)
  } catch (error) {
    throw unusable(source, 'it cannot be written', { cause: error })
  } finally {
    await rm(temporary, { force: true })
  }
}

async function linkUnlessThere(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
  return true
}

/**
 * Reads the master keys of an environment variable, as a line of the file would hold them; several are divided
 * by commas, the current one first.
 *
 * @throws KEY_SERVICE_UNAVAILABLE
 */
export async function readMasterKeyVariable(
  name: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<KeyProvider> {
  const text = (environment[name] ?? '').replaceAll(',', '\n')
  return staticKeyProvider(await parseMasterKeys(text, `environment variable ${name}`))
}
