import { KeyServiceUnavailableError } from '@tod/core'
import { type TransitClient, TransitRefusedError } from './transit-client.js'

/** One input of a batch; all values base64, except the ciphertext. */
export interface TransitItem {
  readonly plaintext?: string
  readonly ciphertext?: string
  readonly context?: string
  readonly associated_data?: string
}

interface Waiting {
  readonly item: TransitItem
  readonly signal: AbortSignal | undefined
  readonly done: (result: Readonly<Record<string, unknown>>) => void
  readonly failed: (error: unknown) => void
}

/** Content of one request at most, so that it stays below the 32 MB that services take by default. */
const mostBytes = 16 * 1024 * 1024
const mostItems = 64

/** Gathers what is asked of one key at the same time into one request. */
export class TransitBatch {
  readonly #waiting = new Map<string, Waiting[]>()

  constructor(private readonly client: TransitClient) {}

  /**
   * Encrypts or decrypts one item.
   *
   * @throws TransitRefusedError this item was refused; others of the same request are not touched by it
   * @throws KEY_SERVICE_UNAVAILABLE
   */
  async run(
    operation: 'encrypt' | 'decrypt',
    key: string,
    item: TransitItem,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>>> {
    return await new Promise((done, failed) => {
      const path = `${operation}/${encodeURIComponent(key)}`
      const waiting = this.#waiting.get(path)
      const entry = { item, signal, done, failed }
      if (waiting !== undefined) {
        waiting.push(entry)
        return
      }
      this.#waiting.set(path, [entry])
      setImmediate(() => this.#flush(path))
    })
  }

  #flush(path: string): void {
    const waiting = this.#waiting.get(path) ?? []
    this.#waiting.delete(path)
    let batch: Waiting[] = []
    let bytes = 0
    for (const entry of waiting) {
      const size = (entry.item.plaintext ?? entry.item.ciphertext ?? '').length
      if (batch.length === mostItems || (batch.length > 0 && bytes + size > mostBytes)) {
        void this.#send(path, batch)
        batch = []
        bytes = 0
      }
      batch.push(entry)
      bytes += size
    }
    if (batch.length > 0) void this.#send(path, batch)
  }

  async #send(path: string, batch: readonly Waiting[]): Promise<void> {
    try {
      // A request is given up only when nobody waits for it any more; for one caller that is the caller's signal.
      const signal = batch.length === 1 ? batch[0]?.signal : undefined
      const data = await this.client.post(path, { batch_input: batch.map((entry) => entry.item) }, signal)
      const results: unknown = data.batch_results
      if (!Array.isArray(results) || results.length !== batch.length) {
        throw new KeyServiceUnavailableError({ service: 'transit' })
      }
      for (const [at, entry] of batch.entries()) {
        const result: unknown = results[at]
        if (isResult(result)) entry.done(result)
        else entry.failed(new TransitRefusedError(400))
      }
    } catch (error) {
      // Some versions refuse the whole batch for one item: then each is asked for alone.
      if (error instanceof TransitRefusedError && batch.length > 1) {
        for (const entry of batch) await this.#send(path, [entry])
        return
      }
      for (const entry of batch) entry.failed(error)
    }
  }
}

function isResult(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !('error' in value && value.error)
}
