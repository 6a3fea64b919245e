import { KeyServiceUnavailableError } from '@tod/core'
import { type MasterKey, masterKeyBytes, toMasterKey } from './master-key.js'

const prefix = 'tod-master-key-1:'

/** A master key as one line of text, for files, environment variables and the recovery kit. */
export function formatMasterKey(key: MasterKey): string {
  return `${prefix}${Buffer.from(key.bytes).toString('base64')}`
}

/**
 * Reads master keys from text, one a line, the current one first; empty lines and lines that begin with `#` are
 * passed over. A bare key of 64 hex digits or 44 base64 characters is taken too.
 *
 * @param source what to call the text in an error, such as `master key file`. The error never shows the text.
 * @throws KEY_SERVICE_UNAVAILABLE
 */
export async function parseMasterKeys(text: string, source: string): Promise<[MasterKey, ...MasterKey[]]> {
  const keys: MasterKey[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const bytes = decode(line.startsWith(prefix) ? line.slice(prefix.length) : line)
    if (bytes?.length !== masterKeyBytes) throw unusable(source, `line ${index + 1} holds no master key`)
    keys.push(await toMasterKey(bytes))
  }
  const [current, ...former] = keys
  if (current === undefined) throw unusable(source, 'it holds no master key')
  return [current, ...former]
}

/** The error for a source of keys that cannot be used. */
export function unusable(
  source: string,
  problem: string,
  options?: ErrorOptions,
): KeyServiceUnavailableError {
  return new KeyServiceUnavailableError({ service: `${source}: ${problem}` }, options)
}

function decode(text: string): Uint8Array | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex')
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, 'base64') : undefined
}
