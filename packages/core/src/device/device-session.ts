import { bytesToByteString } from '@tod/rsc-parser'
import {
  DeviceCommandFailedError,
  DeviceConnectionLostError,
  DeviceTimeoutError,
} from '../errors/device-errors.js'
import type { Device, HostKey } from '../model/device.js'
import type { Clock } from '../ports/clock.js'
import type { DeviceConnection } from '../ports/device-transport.js'
import { type RouterCommand, withEndMarker } from '../routeros/commands.js'
import { beforeEndMarker, classifyRefusal, readFacts } from '../routeros/replies.js'
import { withDeadline } from '../time/with-deadline.js'
import type { DeviceTimeLimits } from './time-limits.js'

/** How one command is run. */
export interface RunOptions {
  readonly timeoutMs?: number
  readonly maxOutputBytes?: number
  readonly signal?: AbortSignal | undefined
}

/**
 * One connection to a device, with time limits on the clock port and commands that prove their end. All text of the
 * device stays inside: errors carry a class of ours only.
 */
export class DeviceSession {
  private nextMarker = 1

  constructor(
    readonly device: Device,
    readonly username: string,
    private readonly connection: DeviceConnection,
    private readonly clock: Clock,
    private readonly limits: DeviceTimeLimits,
    private readonly markerSeed: string,
  ) {}

  /** The host key the device was known by. */
  get hostKey(): HostKey {
    return this.connection.hostKey
  }

  /** Fires when the connection is gone. */
  get closed(): AbortSignal {
    return this.connection.closed
  }

  /**
   * Runs a command and gives what it printed, without our end marker.
   *
   * @throws DEVICE_COMMAND_FAILED when the end marker did not come · DEVICE_TIMEOUT · DEVICE_CONNECTION_LOST ·
   * DEVICE_OUTPUT_TOO_LARGE · OPERATION_ABORTED
   */
  async run(command: RouterCommand, options: RunOptions = {}): Promise<Uint8Array> {
    const marker = `tod-end-${this.markerSeed}-${this.nextMarker++}`
    const reply = await this.limited(
      command.label,
      options.timeoutMs ?? this.limits.commandMs,
      options,
      (signal) =>
        this.connection.exec(withEndMarker(command, marker), {
          signal,
          ...(options.maxOutputBytes === undefined ? {} : { maxOutputBytes: options.maxOutputBytes }),
        }),
    )
    const output = beforeEndMarker(reply.output, marker)
    if (output !== undefined) return output
    const refusal = classifyRefusal(bytesToByteString(reply.output.subarray(0, 65_536)), reply.closedInOrder)
    if (refusal === 'cut' && this.closed.aborted) {
      throw new DeviceConnectionLostError({ deviceId: this.device.deviceId })
    }
    throw new DeviceCommandFailedError({
      deviceId: this.device.deviceId,
      command: command.label,
      reason: refusal,
    })
  }

  /** Runs a command and gives its text, one character a byte. */
  async runText(command: RouterCommand, options: RunOptions = {}): Promise<string> {
    return bytesToByteString(await this.run(command, options))
  }

  /** Runs a command that prints `tod:name=value` lines. */
  async readFacts(command: RouterCommand, options: RunOptions = {}): Promise<ReadonlyMap<string, string>> {
    return readFacts(await this.runText(command, options))
  }

  /**
   * Runs a command that ends in a reboot: whatever it prints or breaks off with is given back as text, nothing is thrown
   * for a lost connection or time that is up. The caller looks at the device again.
   */
  async runLast(command: RouterCommand, options: RunOptions = {}): Promise<string> {
    try {
      const reply = await this.limited(
        command.label,
        options.timeoutMs ?? this.limits.commandMs,
        options,
        (signal) => this.connection.exec(command.text, { signal }),
      )
      return bytesToByteString(reply.output)
    } catch (error) {
      if (error instanceof DeviceConnectionLostError || error instanceof DeviceTimeoutError) return ''
      throw error
    }
  }

  /** @throws DEVICE_FILE_FAILED · DEVICE_TIMEOUT · DEVICE_CONNECTION_LOST · OPERATION_ABORTED */
  upload(path: string, content: Uint8Array, options: RunOptions = {}): Promise<void> {
    return this.limited('upload', options.timeoutMs ?? this.limits.transferMs, options, (signal) =>
      this.connection.upload(path, content, { signal }),
    )
  }

  /** @throws DEVICE_FILE_FAILED · DEVICE_TIMEOUT · DEVICE_CONNECTION_LOST · DEVICE_OUTPUT_TOO_LARGE · OPERATION_ABORTED */
  download(path: string, maxBytes: number, options: RunOptions = {}): Promise<Uint8Array> {
    return this.limited('download', options.timeoutMs ?? this.limits.transferMs, options, (signal) =>
      this.connection.download(path, { maxBytes, signal }),
    )
  }

  /** Ends the connection; never throws. */
  close(): Promise<void> {
    return this.connection.close()
  }

  private limited<T>(
    step: string,
    timeoutMs: number,
    options: RunOptions,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { deviceId } = this.device
    return withDeadline(
      {
        clock: this.clock,
        timeoutMs,
        signal: options.signal,
        onTimeout: () => new DeviceTimeoutError({ deviceId, step, timeoutMs }),
      },
      work,
    )
  }
}
