import { KeyServiceUnavailableError } from '@tod/core'

/** Where a token comes from and where it is renewed. */
export interface TransitTokenOptions {
  /** Base address of OpenBao or Vault. */
  readonly address: string
  readonly namespace?: string
  /** The token, or a function that gets a new one: from a file that an agent keeps, or by a login. */
  readonly token: string | (() => Promise<string>)
  /** Longest wait for one answer; default 10 000 ms. */
  readonly timeoutMs?: number
}

/** A token that is renewed after two thirds of its life, and replaced when it has died all the same. */
export class TransitToken {
  #token: Promise<string> | undefined
  #timer: NodeJS.Timeout | undefined
  #replacing: Promise<boolean> | undefined

  constructor(private readonly options: TransitTokenOptions) {}

  /** The token to send. @throws KEY_SERVICE_UNAVAILABLE when none can be had */
  async current(signal?: AbortSignal): Promise<string> {
    this.#token ??= this.#fetch(signal)
    try {
      return await this.#token
    } catch (error) {
      this.#token = undefined
      throw error
    }
  }

  /** Gets another token after a refusal; false when there is no way to. Callers at once share one try. */
  async replace(signal?: AbortSignal): Promise<boolean> {
    this.#replacing ??= this.#tryReplace(signal).finally(() => {
      this.#replacing = undefined
    })
    return await this.#replacing
  }

  /** Stops renewing. */
  close(): void {
    clearTimeout(this.#timer)
  }

  async #tryReplace(signal: AbortSignal | undefined): Promise<boolean> {
    if (typeof this.options.token === 'string') return await this.#renew(this.options.token, signal)
    this.#token = undefined
    try {
      await this.current(signal)
      return true
    } catch {
      return false
    }
  }

  async #fetch(signal: AbortSignal | undefined): Promise<string> {
    const { token } = this.options
    let value: string
    try {
      value = typeof token === 'string' ? token : await token()
    } catch (cause) {
      throw new KeyServiceUnavailableError({ service: 'transit token' }, { cause })
    }
    const life = await this.#ask('GET', 'lookup-self', value, signal)
    this.#renewLater(value, life)
    return value
  }

  async #renew(token: string, signal?: AbortSignal): Promise<boolean> {
    const life = await this.#ask('POST', 'renew-self', token, signal)
    this.#renewLater(token, life)
    return life !== undefined
  }

  #renewLater(
    token: string,
    life: { readonly ttlSeconds: number; readonly isRenewable: boolean } | undefined,
  ): void {
    clearTimeout(this.#timer)
    if (life === undefined || life.ttlSeconds === 0) return
    const waitMs = Math.min((life.ttlSeconds * 1000 * 2) / 3, 2 ** 31 - 1)
    this.#timer = setTimeout(() => {
      if (life.isRenewable) void this.#renew(token).then((renewed) => (renewed ? true : this.replace()))
      else void this.replace()
    }, waitMs)
    this.#timer.unref()
  }

  /** How long the token lives, or undefined when the service does not say. It is not an error yet. */
  async #ask(method: 'GET' | 'POST', what: string, token: string, signal: AbortSignal | undefined) {
    const timeout = AbortSignal.timeout(this.options.timeoutMs ?? 10_000)
    const { address, namespace } = this.options
    try {
      const response = await fetch(`${address.replace(/\/+$/, '')}/v1/auth/token/${what}`, {
        method,
        headers: {
          'x-vault-token': token,
          'x-vault-request': 'true',
          ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
        },
        redirect: 'error',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      })
      if (!response.ok) {
        await response.body?.cancel()
        return undefined
      }
      return lifeOf(await response.json())
    } catch {
      return undefined
    }
  }
}

/** `lookup-self` answers in `data` (ttl), `renew-self` in `auth` (lease_duration). */
function lifeOf(answer: unknown): { readonly ttlSeconds: number; readonly isRenewable: boolean } | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const { data, auth } = answer as { readonly [name in string]?: unknown }
  const facts = typeof auth === 'object' && auth !== null ? auth : data
  if (typeof facts !== 'object' || facts === null) return undefined
  const { ttl, lease_duration: lease, renewable } = facts as { readonly [name in string]?: unknown }
  const ttlSeconds = typeof lease === 'number' ? lease : ttl
  return typeof ttlSeconds === 'number' ? { ttlSeconds, isRenewable: renewable === true } : undefined
}
