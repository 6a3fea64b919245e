import {
  CoreError,
  DeviceAuthFailedError,
  DeviceConnectionLostError,
  DeviceFileFailedError,
  DeviceUnreachableError,
} from '@tod/core'
import { PrivateKeyUnusableError } from './login-methods.js'

/** How far a connection had come when an error came up; `refused` = the peer has turned down at least one login. */
export type ConnectionPhase = 'connecting' | 'refused' | 'connected'

/** RFC 4253, 11.1: the peer ends the connection because of the login. */
const authDisconnectReasons: readonly unknown[] = [13, 14, 15]

/**
 * Translates what ssh2 and the socket throw. The original is kept as `cause`; its text never reaches the message,
 * because it may quote what the peer sent.
 */
export function toDeviceError(
  cause: unknown,
  context: { readonly deviceId: string; readonly phase: ConnectionPhase },
): CoreError {
  if (cause instanceof CoreError) return cause
  const { deviceId, phase } = context
  if (phase === 'connected') return new DeviceConnectionLostError({ deviceId }, { cause })
  if (phase === 'refused' || concernsLogin(cause)) return new DeviceAuthFailedError({ deviceId }, { cause })
  const isHandshake = propertyOf(cause, 'level') === 'handshake'
  return new DeviceUnreachableError({ deviceId, ...(isHandshake && { reason: 'handshake' }) }, { cause })
}

/** SFTP status codes (draft-ietf-secsh-filexfer-02, section 7) as reasons of ours. */
const sftpReasons: Readonly<Record<number, string>> = {
  1: 'incomplete',
  2: 'no-such-file',
  3: 'not-permitted',
  4: 'failure',
  5: 'bad-message',
  8: 'not-supported',
}

/** Translates the failure of an SFTP request. One without a status means that the connection is going away. */
export function toFileError(
  cause: unknown,
  context: { readonly deviceId: string; readonly direction: 'upload' | 'download' },
): CoreError {
  if (cause instanceof CoreError) return cause
  const code = propertyOf(cause, 'code')
  if (typeof code !== 'number')
    return new DeviceConnectionLostError({ deviceId: context.deviceId }, { cause })
  return new DeviceFileFailedError({ ...context, reason: sftpReasons[code] ?? `status-${code}` }, { cause })
}

function concernsLogin(cause: unknown): boolean {
  return (
    cause instanceof PrivateKeyUnusableError ||
    propertyOf(cause, 'level') === 'client-authentication' ||
    authDisconnectReasons.includes(propertyOf(cause, 'code'))
  )
}

function propertyOf(value: unknown, name: string): unknown {
  return value instanceof Error ? Reflect.get(value, name) : undefined
}
