import type { FileHandle } from 'node:fs/promises'
import type { FileSystem } from './file-system.js'

const idleMs = 2_000

/** A file that is kept open while it is read often, and closed two seconds after its last use. */
export class SharedHandle {
  #opening: Promise<FileHandle> | undefined
  #users = 0
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly fs: FileSystem,
    private readonly path: string,
  ) {}

  /** Runs `read` with the open file; it stays open until every reader is done. */
  async use<T>(read: (handle: FileHandle) => Promise<T>): Promise<T> {
    clearTimeout(this.#timer)
    this.#users++
    try {
      this.#opening ??= this.fs.open(this.path, 'r')
      return await read(await this.#opening)
    } catch (error) {
      if (this.#opening !== undefined && (await this.#opening.catch(() => undefined)) === undefined) {
        this.#opening = undefined
      }
      throw error
    } finally {
      this.#users--
      if (this.#users === 0) this.#closeWhenIdle()
    }
  }

  /** `length` bytes from `position`; fewer only where the file ends. */
  async read(position: number, length: number): Promise<Buffer> {
    return await this.use(async (handle) => {
      const buffer = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    })
  }

  /** The length of the file in bytes. */
  async size(): Promise<number> {
    return await this.use(async (handle) => (await handle.stat()).size)
  }

  /** Closes the file now if nobody reads it. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#users > 0) return
    const opening = this.#opening
    this.#opening = undefined
    const handle = await opening?.catch(() => undefined)
    await handle?.close()
  }

  #closeWhenIdle(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      void this.close().catch(() => undefined)
    }, idleMs)
    this.#timer.unref()
  }
}
