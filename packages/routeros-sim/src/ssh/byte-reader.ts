import type { Readable } from 'node:stream'

/** Reads lines and counts of bytes from a stream, waiting as needed. */
export class ByteReader {
  private buffered = Buffer.alloc(0)
  private hasEnded = false
  private wake: () => void = () => {}

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => {
      this.buffered = Buffer.concat([this.buffered, chunk])
      this.wake()
    })
    const end = () => {
      this.hasEnded = true
      this.wake()
    }
    stream.once('end', end)
    stream.once('close', end)
  }

  /** The next line without its LF; undefined at the end. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const at = this.buffered.indexOf(10)
      if (at >= 0)
        return this.take(at + 1)
          .subarray(0, at)
          .toString('latin1')
      if (this.hasEnded) return undefined
      await this.more()
    }
  }

  /** The next `count` bytes; fewer at the end. */
  async bytes(count: number): Promise<Buffer> {
    while (this.buffered.length < count && !this.hasEnded) await this.more()
    return this.take(Math.min(count, this.buffered.length))
  }

  private take(count: number): Buffer {
    const taken = this.buffered.subarray(0, count)
    this.buffered = this.buffered.subarray(count)
    return taken
  }

  private more(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }
}
