import type { DeviceConnection, DeviceTarget, DeviceTransport } from '@tod/core'
import { openSshClient } from './open-ssh-client.js'
import { SshConnection } from './ssh-connection.js'

/** Settings of {@link SshTransport}. */
export interface SshTransportOptions {
  /** Offer SHA-1 algorithms to every device, not only to those that are marked. Default false. */
  readonly legacyAlgorithms?: boolean
}

/**
 * Reaches devices over SSH with ssh2. It has no timers: each call ends when it is done, when the connection breaks, or
 * when the caller's signal fires. The channel window is the library's fixed 2 MiB, kept between 1 and 2 MiB while a
 * command runs, so that RouterOS versions that cut a long export at a full window do not meet one.
 *
 * @example
 * const transport = new SshTransport()
 * const connection = await transport.connect(target, { signal: AbortSignal.timeout(30_000) })
 */
export class SshTransport implements DeviceTransport {
  readonly #legacy: boolean

  constructor(options: SshTransportOptions = {}) {
    this.#legacy = options.legacyAlgorithms ?? false
  }

  async connect(
    target: DeviceTarget,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<DeviceConnection> {
    const legacy = this.#legacy || target.legacyAlgorithms === true
    const opened = await openSshClient(target, { legacy, signal: options.signal })
    return new SshConnection(target.deviceId, opened)
  }
}
