import { CoreError } from './core-error.js'

/** The tenant has no such device. A device of another tenant gives the same error. */
export class DeviceNotFoundError extends CoreError {
  override readonly name = 'DeviceNotFoundError'
  readonly code = 'DEVICE_NOT_FOUND'
  override readonly details: { readonly deviceId: string }
  constructor(details: { readonly deviceId: string }, options?: ErrorOptions) {
    super(`Device '${details.deviceId}' not found`, options)
    this.details = details
  }
}

/** The device is known, but nothing to log in with is stored for it. */
export class CredentialsNotFoundError extends CoreError {
  override readonly name = 'CredentialsNotFoundError'
  readonly code = 'CREDENTIALS_NOT_FOUND'
  override readonly details: { readonly deviceId: string }
  constructor(details: { readonly deviceId: string }, options?: ErrorOptions) {
    super(`Device '${details.deviceId}' has no stored credentials`, options)
    this.details = details
  }
}

type Unreachable = {
  readonly deviceId: string
  /** `handshake`: something answers, but no algorithm was agreed on. Absent: nothing that speaks SSH answers. */
  readonly reason?: 'handshake'
}

/** No connection: refused, no route, no SSH server behind the port, handshake failed. */
export class DeviceUnreachableError extends CoreError {
  override readonly name = 'DeviceUnreachableError'
  readonly code = 'DEVICE_UNREACHABLE'
  override readonly retryable = true
  override readonly details: Unreachable
  constructor(details: Unreachable, options?: ErrorOptions) {
    const because =
      details.reason === 'handshake'
        ? ': the SSH handshake failed. A RouterOS that knows SHA-1 algorithms only (6.4x and older) is reached once they are allowed for this device (legacy_algorithms).'
        : '.'
    super(`The device '${details.deviceId}' could not be reached${because}`, options)
    this.details = details
  }
}

/** The device refused every login method we had. */
export class DeviceAuthFailedError extends CoreError {
  override readonly name = 'DeviceAuthFailedError'
  readonly code = 'DEVICE_AUTH_FAILED'
  override readonly details: { readonly deviceId: string }
  constructor(details: { readonly deviceId: string }, options?: ErrorOptions) {
    super(`The device '${details.deviceId}' refused the login.`, options)
    this.details = details
  }
}

/** A step on the device took longer than its time limit. */
export class DeviceTimeoutError extends CoreError {
  override readonly name = 'DeviceTimeoutError'
  readonly code = 'DEVICE_TIMEOUT'
  override readonly retryable = true
  override readonly details: { readonly deviceId: string; readonly step: string; readonly timeoutMs: number }
  constructor(
    details: { readonly deviceId: string; readonly step: string; readonly timeoutMs: number },
    options?: ErrorOptions,
  ) {
    super(
      `The device '${details.deviceId}' did not finish '${details.step}' in ${details.timeoutMs} ms.`,
      options,
    )
    this.details = details
  }
}

/** The connection broke after it had been established. What was running on the device may have run on. */
export class DeviceConnectionLostError extends CoreError {
  override readonly name = 'DeviceConnectionLostError'
  readonly code = 'DEVICE_CONNECTION_LOST'
  override readonly retryable = true
  override readonly details: { readonly deviceId: string }
  constructor(details: { readonly deviceId: string }, options?: ErrorOptions) {
    super(`The connection to the device '${details.deviceId}' was lost.`, options)
    this.details = details
  }
}

/**
 * The device answered a command with something other than success. `reason` is a class of ours (for example
 * `not-permitted`), never the device's own text, which may hold secrets.
 */
export class DeviceCommandFailedError extends CoreError {
  override readonly name = 'DeviceCommandFailedError'
  readonly code = 'DEVICE_COMMAND_FAILED'
  override readonly details: { readonly deviceId: string; readonly command: string; readonly reason: string }
  constructor(
    details: { readonly deviceId: string; readonly command: string; readonly reason: string },
    options?: ErrorOptions,
  ) {
    super(`The device '${details.deviceId}' failed '${details.command}' (${details.reason}).`, options)
    this.details = details
  }
}

/** A file could not be sent to or fetched from the device. */
export class DeviceFileFailedError extends CoreError {
  override readonly name = 'DeviceFileFailedError'
  readonly code = 'DEVICE_FILE_FAILED'
  override readonly details: {
    readonly deviceId: string
    readonly direction: 'upload' | 'download'
    readonly reason: string
  }
  constructor(
    details: {
      readonly deviceId: string
      readonly direction: 'upload' | 'download'
      readonly reason: string
    },
    options?: ErrorOptions,
  ) {
    super(
      `A file ${details.direction} of the device '${details.deviceId}' failed (${details.reason}).`,
      options,
    )
    this.details = details
  }
}

/** The device sent more than the limit of this command allows; the connection was given up. */
export class DeviceOutputTooLargeError extends CoreError {
  override readonly name = 'DeviceOutputTooLargeError'
  readonly code = 'DEVICE_OUTPUT_TOO_LARGE'
  override readonly details: { readonly deviceId: string; readonly maxBytes: number }
  constructor(details: { readonly deviceId: string; readonly maxBytes: number }, options?: ErrorOptions) {
    super(`The device '${details.deviceId}' sent more than ${details.maxBytes} bytes.`, options)
    this.details = details
  }
}

/** Fingerprints, not keys: whoever accepts the new one compares it with what the device itself prints. */
type HostKeyChange = {
  readonly deviceId: string
  readonly expected: string
  readonly seen: string
  readonly seenAlgorithm: string
}

/** The device shows another host key than the one on record. Nothing was sent to it, no credential either. */
export class HostKeyChangedError extends CoreError {
  override readonly name = 'HostKeyChangedError'
  readonly code = 'HOST_KEY_CHANGED'
  override readonly details: HostKeyChange
  constructor(details: HostKeyChange, options?: ErrorOptions) {
    const { deviceId, expected, seen, seenAlgorithm } = details
    super(
      `The host key of the device '${deviceId}' is not the one on record: it shows ${seenAlgorithm} ${seen}, on record is ${expected}.`,
      options,
    )
    this.details = details
  }
}

/** The export is cut, was interrupted, or a menu that must be there failed. It is never stored. */
export class ExportIncompleteError extends CoreError {
  override readonly name = 'ExportIncompleteError'
  readonly code = 'EXPORT_INCOMPLETE'
  override readonly retryable = true
  override readonly details: { readonly deviceId: string; readonly reason: string }
  constructor(details: { readonly deviceId: string; readonly reason: string }, options?: ErrorOptions) {
    super(`The device '${details.deviceId}' sent an incomplete export (${details.reason}).`, options)
    this.details = details
  }
}

/** The binary backup that was fetched is not one, or not all of it. */
export class BinaryBackupInvalidError extends CoreError {
  override readonly name = 'BinaryBackupInvalidError'
  readonly code = 'BINARY_BACKUP_INVALID'
  override readonly retryable = true
  override readonly details: { readonly deviceId: string; readonly reason: string }
  constructor(details: { readonly deviceId: string; readonly reason: string }, options?: ErrorOptions) {
    super(`The binary backup of the device '${details.deviceId}' is not usable (${details.reason}).`, options)
    this.details = details
  }
}
