import { setTimeout as pause } from 'node:timers/promises'
import { KeyServiceUnavailableError, throwIfAborted } from '@tod/core'
import type { TransitToken } from './transit-token.js'

/** Where the Transit engine is and how patient to be with it. */
export interface TransitClientOptions {
  /** Base address of OpenBao or Vault, such as `https://bao.example.net:8200`. */
  readonly address: string
  /** Mount path of the engine; default `transit`. */
  readonly mount?: string
  /** Namespace header, for services that have them. */
  readonly namespace?: string
  /** Longest wait for one answer; default 10 000 ms. */
  readonly timeoutMs?: number
  /** Tries of a request that meets a fault which may pass; default 4. */
  readonly tries?: number
  /** Pause before the second try; doubles each time; default 200 ms. */
  readonly pauseMs?: number
}

/** The engine understood the request and refused it: wrong key, wrong place, altered bytes. */
export class TransitRefusedError extends Error {
  override readonly name = 'TransitRefusedError'

  constructor(readonly status: number) {
    super(`The Transit engine refused the request (${status}).`)
  }
}

/** One request and its answer to the HTTP API of a Transit engine, with retries and token renewal. */
export class TransitClient {
  constructor(
    private readonly options: TransitClientOptions,
    private readonly token: TransitToken,
  ) {}

  /**
   * Sends a request below the engine's mount and returns the `data` of its answer.
   *
   * @throws TransitRefusedError 400 and 404: trying again would not help
   * @throws KEY_SERVICE_UNAVAILABLE not reached, sealed, overloaded or not allowed, after all tries
   */
  async post(path: string, body: unknown, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    const { tries = 4, pauseMs = 200, mount = 'transit' } = this.options
    const url = `${this.options.address.replace(/\/+$/, '')}/v1/${mount}/${path}`
    let cause: unknown
    let hasRenewed = false
    for (let attempt = 0; attempt < tries; attempt++) {
      throwIfAborted(signal)
      let waitMs = pauseMs * 2 ** attempt
      try {
        const response = await this.#send(url, body, signal)
        if (response.ok) return await dataOf(response)
        cause = new TransitRefusedError(response.status)
        await response.body?.cancel()
        if (response.status === 400 || response.status === 404) throw cause
        if (response.status === 403) {
          if (hasRenewed || !(await this.token.replace(signal))) break
          hasRenewed = true
          waitMs = 0
        }
        waitMs = Math.max(waitMs, retryAfterMs(response))
      } catch (error) {
        if (error instanceof TransitRefusedError) throw error
        throwIfAborted(signal)
        cause = error
      }
      if (attempt < tries - 1) await pause(waitMs, undefined, signal === undefined ? {} : { signal })
    }
    throw new KeyServiceUnavailableError({ service: 'transit' }, { cause })
  }

  async #send(url: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
    const timeout = AbortSignal.timeout(this.options.timeoutMs ?? 10_000)
    const { namespace } = this.options
    return await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-vault-token': await this.token.current(signal),
        'x-vault-request': 'true',
        ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })
  }
}

async function dataOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  if (response.status === 204) return {}
  const answer: unknown = await response.json()
  if (typeof answer !== 'object' || answer === null || !('data' in answer)) return {}
  const { data } = answer
  return typeof data === 'object' && data !== null ? { ...data } : {}
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? '0')
  return Number.isFinite(seconds) ? Math.min(seconds, 30) * 1000 : 0
}
