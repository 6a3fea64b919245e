import type { DeviceCredentials, HostKey } from '../model/device.js'

/** Whom to connect to, and how to recognize it. */
export interface DeviceTarget {
  readonly deviceId: string
  readonly host: string
  readonly port: number
  readonly credentials: DeviceCredentials
  /** Offer SHA-1 algorithms too, for RouterOS that has nothing better. Default false. */
  readonly legacyAlgorithms?: boolean
  /** Algorithm of the host key on record (`ssh-ed25519`): asked for first, where a device has several keys. */
  readonly knownHostKeyAlgorithm?: string
  /**
   * Called once per connection with the key that the peer has proved to hold, before any credential is sent. When it
   * rejects, the connection is dropped and `connect` rejects with the same error.
   */
  readonly verifyHostKey: (seen: HostKey) => Promise<void>
}

/** Answer to one command. */
export interface ExecReply {
  /** stdout as the device sent it, byte for byte. RouterOS writes its errors here too. */
  readonly output: Uint8Array
  /** Exit status, if the device sent one. RouterOS says 0 also on errors: decide nothing by it. */
  readonly exitStatus: number | null
  /** True when the device closed the channel in order (EOF and close); false when the channel just ended. */
  readonly closedInOrder: boolean
}

/** Limits of one command. */
export interface ExecOptions {
  /** The connection is given up with `DEVICE_OUTPUT_TOO_LARGE` beyond this. Default 1 MiB. */
  readonly maxOutputBytes?: number
  readonly signal?: AbortSignal
}

/**
 * Opens connections to devices. An adapter sets no timers of its own: the caller's signal is the only time limit. When
 * the signal fires, the pending call rejects with `signal.reason` and what it holds open is destroyed.
 */
export interface DeviceTransport {
  /**
   * Connects, checks the host key, logs in. The channel window has to be 2 MiB at least (some RouterOS versions cut a
   * long export silently when it is small).
   *
   * @throws DEVICE_UNREACHABLE refused, no route, no SSH server, handshake failed
   * @throws DEVICE_AUTH_FAILED
   * @throws whatever `verifyHostKey` rejects with
   */
  connect(target: DeviceTarget, options?: { readonly signal?: AbortSignal }): Promise<DeviceConnection>
}

/** One connection; its methods may be called one after the other, and `exec` also at the same time as a transfer. */
export interface DeviceConnection {
  /** The host key that `verifyHostKey` accepted. */
  readonly hostKey: HostKey
  /** Fires when the connection is gone, for whatever reason. */
  readonly closed: AbortSignal
  /**
   * Runs one command line on an exec channel without a terminal.
   *
   * @param command one line, no line break.
   * @throws DEVICE_CONNECTION_LOST · DEVICE_OUTPUT_TOO_LARGE · DEVICE_COMMAND_FAILED when the channel is refused
   */
  exec(command: string, options?: ExecOptions): Promise<ExecReply>
  /** Writes a file, replacing one of that name. @throws DEVICE_CONNECTION_LOST · DEVICE_FILE_FAILED */
  upload(path: string, content: Uint8Array, options?: { readonly signal?: AbortSignal }): Promise<void>
  /** Reads a file whole. @throws DEVICE_CONNECTION_LOST · DEVICE_FILE_FAILED · DEVICE_OUTPUT_TOO_LARGE */
  download(
    path: string,
    options?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
  ): Promise<Uint8Array>
  /** Ends it. Never throws; a second call does nothing. */
  close(): Promise<void>
}
