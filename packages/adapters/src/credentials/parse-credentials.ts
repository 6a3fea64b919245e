import type { DeviceCredentials } from '@tod/core'

/**
 * Reads credentials from an outside source: a user name, and a password or a private key. Undefined when it is not
 * that; nothing of the value is ever quoted.
 */
export function parseCredentials(value: unknown): DeviceCredentials | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const username = textOf(value, 'username')
  const password = textOf(value, 'password')
  const privateKey = textOf(value, 'privateKey')
  const passphrase = textOf(value, 'passphrase')
  if (username === undefined || (password === undefined && privateKey === undefined)) return undefined
  return {
    username,
    ...(password !== undefined && { password }),
    ...(privateKey !== undefined && { privateKey }),
    ...(passphrase !== undefined && { passphrase }),
  }
}

function textOf(value: object, name: string): string | undefined {
  const text: unknown = Reflect.get(value, name)
  return typeof text === 'string' ? text : undefined
}
