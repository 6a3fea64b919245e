import type { ServerChannel } from 'ssh2'
import type { ConnectionHost } from './connection-host.js'

/**
 * The way of a command's output to the client: LF becomes CRLF, the faults on output act at their exact byte, and a
 * router that cuts at the client's window does so.
 */
export class ChannelOutput {
  private sentBytes = 0
  private isCut = false
  private readonly windowBytes: number

  constructor(
    private readonly channel: ServerChannel,
    private readonly host: ConnectionHost,
    private readonly subject: () => string,
  ) {
    this.windowBytes = host.options.cutsAtWindow === true ? clientWindowOf(channel) : Number.POSITIVE_INFINITY
  }

  /** Starts counting anew: `byte` of a fault is an offset within one command's output. */
  startCommand(): void {
    this.sentBytes = 0
  }

  /** Sends text of the engine. */
  write(text: string): void {
    if (text !== '') this.send(Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1'))
  }

  /** Sends bytes as they are (echo, escape sequences). */
  writeRaw(text: string): void {
    if (text !== '') this.send(Buffer.from(text, 'latin1'))
  }

  /** Resolves when the client has room again. */
  async drain(): Promise<void> {
    if (this.isCut || !this.channel.writableNeedDrain || this.channel.destroyed) return
    await new Promise<void>((resolve) => {
      const done = () => {
        this.channel.off('drain', done)
        this.channel.off('close', done)
        resolve()
      }
      this.channel.on('drain', done)
      this.channel.on('close', done)
    })
  }

  /** True when a fault or the window cut the output: what follows is lost. */
  get wasCut(): boolean {
    return this.isCut
  }

  private send(bytes: Buffer): void {
    if (this.isCut || !this.channel.writable) return
    const from = this.sentBytes
    const to = from + bytes.length
    const [fault] = this.host.faults.take({ on: 'output', subject: this.subject(), bytes: { from, to } })
    const cutAt = Math.min(fault?.byte ?? Number.POSITIVE_INFINITY, this.windowBytes)
    if (cutAt < to) {
      this.channel.write(bytes.subarray(0, Math.max(0, cutAt - from)))
      this.sentBytes = cutAt
      this.isCut = true
      if (fault?.spec.name === 'interrupt-export') this.channel.write('\r\n#interrupted\r\n')
      else if (fault) this.host.act(fault)
      return
    }
    this.sentBytes = to
    this.channel.write(bytes)
  }
}

/** Bytes the client was ready to take when it opened the channel. */
function clientWindowOf(channel: ServerChannel): number {
  const outgoing: unknown = Reflect.get(channel, 'outgoing')
  const window: unknown =
    typeof outgoing === 'object' && outgoing !== null ? Reflect.get(outgoing, 'window') : undefined
  return typeof window === 'number' ? window : Number.POSITIVE_INFINITY
}
