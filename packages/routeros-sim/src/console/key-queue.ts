import type { Key } from './key-reader.js'

/** Keys typed and not yet acted upon; a line typed ahead waits here for its turn. */
export class KeyQueue {
  private readonly keys: Key[] = []
  private waiter: ((key: Key | undefined) => void) | undefined
  private isClosed = false

  push(key: Key): void {
    const waiter = this.waiter
    this.waiter = undefined
    if (waiter) waiter(key)
    else this.keys.push(key)
  }

  /** The next key; undefined when the client is gone. */
  next(): Promise<Key | undefined> {
    const key = this.keys.shift()
    if (key !== undefined || this.isClosed) return Promise.resolve(key)
    return new Promise((resolve) => {
      this.waiter = resolve
    })
  }

  /** Forgets what was typed. */
  clear(): void {
    this.keys.length = 0
  }

  /** The client is gone: whoever waits learns it. */
  close(): void {
    this.isClosed = true
    this.waiter?.(undefined)
    this.waiter = undefined
  }
}
