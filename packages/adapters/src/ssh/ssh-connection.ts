import {
  abortReason,
  type DeviceConnection,
  DeviceConnectionLostError,
  DeviceFileFailedError,
  type ExecOptions,
  type ExecReply,
  type HostKey,
  throwIfAborted,
} from '@tod/core'
import type { Client, SFTPWrapper } from 'ssh2'
import { execCommand } from './exec-command.js'
import { downloadFile, uploadFile } from './file-transfer.js'
import type { OpenedClient } from './open-ssh-client.js'

const defaultMaxOutputBytes = 1024 * 1024
const defaultMaxDownloadBytes = 256 * 1024 * 1024

/** One SSH connection, used for a whole backup: each command has a channel of its own, all files share one. */
export class SshConnection implements DeviceConnection {
  readonly hostKey: HostKey
  readonly closed: AbortSignal
  readonly #deviceId: string
  readonly #client: Client
  readonly #destroy: () => void
  readonly #gone: Promise<never>
  #sftp: Promise<SFTPWrapper> | undefined

  constructor(deviceId: string, opened: OpenedClient) {
    this.#deviceId = deviceId
    this.#client = opened.client
    this.#destroy = opened.destroy
    this.hostKey = opened.hostKey
    const closed = new AbortController()
    this.closed = closed.signal
    this.#gone = new Promise((_resolve, reject) => {
      let first: unknown
      const onGone = (cause: unknown): void => {
        first ??= cause
        const error = new DeviceConnectionLostError({ deviceId }, { cause: first })
        // A half-closed connection is of no use: the peer can answer nothing any more.
        opened.destroy()
        reject(error)
        closed.abort(error)
      }
      opened.client.on('error', onGone)
      opened.client.on('end', () => onGone(undefined))
      opened.client.on('close', () => onGone(undefined))
    })
    this.#gone.catch(() => {})
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecReply> {
    if (/[\r\n]/.test(command)) throw new TypeError('A command is one line.')
    this.#refuseIfUnusable(options.signal)
    const running = execCommand(this.#client, {
      deviceId: this.#deviceId,
      command,
      maxOutputBytes: options.maxOutputBytes ?? defaultMaxOutputBytes,
      giveUp: this.#destroy,
    })
    return this.#settle(running.reply, options.signal, running.cancel)
  }

  async upload(
    path: string,
    content: Uint8Array,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    await this.#transfer('upload', options.signal, (sftp) =>
      uploadFile({ deviceId: this.#deviceId, sftp }, path, content),
    )
  }

  async download(
    path: string,
    options: { readonly maxBytes?: number; readonly signal?: AbortSignal } = {},
  ): Promise<Uint8Array> {
    const maxBytes = options.maxBytes ?? defaultMaxDownloadBytes
    return this.#transfer('download', options.signal, (sftp) =>
      downloadFile({ deviceId: this.#deviceId, sftp }, path, maxBytes),
    )
  }

  async close(): Promise<void> {
    if (this.closed.aborted) return
    this.#client.end()
    // What is still to be sent (the goodbye) is sent; the peer's own goodbye is not waited for.
    this.#client.setNoDelay(true)
    setImmediate(this.#destroy)
    await new Promise<void>((resolve) =>
      this.closed.addEventListener('abort', () => resolve(), { once: true }),
    )
  }

  async #transfer<T>(
    direction: 'upload' | 'download',
    signal: AbortSignal | undefined,
    work: (sftp: SFTPWrapper) => Promise<T>,
  ): Promise<T> {
    this.#refuseIfUnusable(signal)
    const transfer = this.#openSftp(direction).then(work)
    return this.#settle(transfer, signal, () => this.#dropSftp())
  }

  /** All files share one channel; it is opened again after an error or an abort. */
  #openSftp(direction: 'upload' | 'download'): Promise<SFTPWrapper> {
    this.#sftp ??= new Promise<SFTPWrapper>((resolve, reject) => {
      this.#client.sftp((cause, sftp) => {
        if (cause !== undefined) {
          this.#sftp = undefined
          const details = { deviceId: this.#deviceId, direction, reason: 'no-sftp' }
          reject(new DeviceFileFailedError(details, { cause }))
          return
        }
        const forget = (): void => {
          this.#sftp = undefined
        }
        sftp.on('close', forget)
        sftp.on('error', forget)
        resolve(sftp)
      })
    })
    return this.#sftp
  }

  #dropSftp(): void {
    this.#sftp?.then(
      (sftp) => sftp.end(),
      () => {},
    )
    this.#sftp = undefined
  }

  #refuseIfUnusable(signal: AbortSignal | undefined): void {
    throwIfAborted(signal)
    if (this.closed.aborted) throw this.closed.reason
  }

  /** Settles like the work, or as soon as the signal fires or the connection is gone. */
  async #settle<T>(work: Promise<T>, signal: AbortSignal | undefined, cancel: () => void): Promise<T> {
    let onAbort = (): void => {}
    const aborted = new Promise<never>((_resolve, reject) => {
      onAbort = () => {
        cancel()
        reject(abortReason(signal))
      }
      signal?.addEventListener('abort', onAbort, { once: true })
    })
    try {
      return await Promise.race([this.#gone, work, aborted])
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }
}
