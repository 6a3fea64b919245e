import type { DeviceCredentials } from '@tod/core'
import ssh2, { type AnyAuthMethod, type ParsedKey } from 'ssh2'

/** A private key of the credentials cannot be used: damaged, of an unknown kind, or its passphrase does not fit. */
export class PrivateKeyUnusableError extends Error {
  override readonly name = 'PrivateKeyUnusableError'
}

/**
 * Ways to log in, in the order in which they are tried. `none` is left out: each refused try is a line in the router's
 * log. Keyboard-interactive answers a single question with the password, as some RADIUS set-ups ask it.
 *
 * @throws PrivateKeyUnusableError
 */
export function loginMethods(credentials: DeviceCredentials): readonly AnyAuthMethod[] {
  const { username, password, privateKey, passphrase } = credentials
  const methods: AnyAuthMethod[] = []
  if (privateKey !== undefined) {
    methods.push({ type: 'publickey', username, key: parsePrivateKey(privateKey, passphrase) })
  }
  if (password !== undefined) {
    methods.push({ type: 'password', username, password })
    methods.push({
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _lang, prompts, answer) => answer(prompts.map(() => password)),
    })
  }
  return methods
}

function parsePrivateKey(text: string, passphrase: string | undefined): ParsedKey {
  const parsed: unknown = ssh2.utils.parseKey(text, passphrase)
  const key: unknown = Array.isArray(parsed) ? parsed[0] : parsed
  // The library returns, not throws, its errors; their text may quote the key.
  if (key instanceof Error || !isPrivateKey(key)) {
    throw new PrivateKeyUnusableError('The private key cannot be read.')
  }
  return key
}

function isPrivateKey(key: unknown): key is ParsedKey {
  return typeof key === 'object' && key !== null && 'isPrivateKey' in key && (key as ParsedKey).isPrivateKey()
}
