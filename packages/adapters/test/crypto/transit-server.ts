import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface TransitKey {
  readonly derived: boolean
  readonly convergent: boolean
  readonly versions: Buffer[]
}

interface Item {
  readonly plaintext?: string
  readonly ciphertext?: string
  readonly context?: string
  readonly associated_data?: string
}

interface Answer {
  readonly status: number
  readonly body?: unknown
}

/**
 * A Transit engine with the paths, bodies and refusals of OpenBao and Vault, as far as their API documentation says:
 * derived and convergent AES-256-GCM keys, batches, HMAC, rotation, tokens that expire and are renewed.
 */
export class TransitServer {
  readonly keys = new Map<string, TransitKey>()
  /** Tokens and when they die: ms since 1970. */
  readonly tokens = new Map<string, number>()
  /** Method and path of every request, in order. */
  readonly requests: string[] = []
  /** Answers to give instead, first come first served: a status, or `hang up`. */
  readonly faults: (number | 'hang up')[] = []
  tokenLifeSeconds = 3_600
  #server = createServer((request, response) => void this.#serve(request, response))

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  /** Makes a token that lives as long as `tokenLifeSeconds` says. */
  issueToken(): string {
    const token = `s.${randomBytes(12).toString('hex')}`
    this.tokens.set(token, Date.now() + this.tokenLifeSeconds * 1000)
    return token
  }

  /** Makes a key as another system would have it, and encrypts with it. */
  encryptAsOthers(name: string, plaintext: string): string {
    this.#create(name, {})
    const item = { plaintext: Buffer.from(plaintext).toString('base64') }
    return String(this.#encrypt(name, item)?.ciphertext)
  }

  rotate(name: string): void {
    this.keys.get(name)?.versions.push(randomBytes(32))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    this.requests.push(`${request.method} ${request.url}`)
    const fault = this.faults.shift()
    if (fault === 'hang up') {
      request.socket.destroy()
      return
    }
    const { status, body } =
      fault === undefined
        ? this.#answer(request, Buffer.concat(chunks))
        : { status: fault, body: { errors: [] } }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }

  #answer(request: IncomingMessage, bytes: Buffer): Answer {
    const token = String(request.headers['x-vault-token'] ?? '')
    const dies = this.tokens.get(token)
    if (dies === undefined || dies < Date.now())
      return { status: 403, body: { errors: ['permission denied'] } }
    const path = (request.url ?? '').replace(/^\/v1\//, '')
    const ttl = Math.ceil((dies - Date.now()) / 1000)
    if (path === 'auth/token/lookup-self') return { status: 200, body: { data: { ttl, renewable: true } } }
    if (path === 'auth/token/renew-self') {
      this.tokens.set(token, Date.now() + this.tokenLifeSeconds * 1000)
      return { status: 200, body: { auth: { lease_duration: this.tokenLifeSeconds, renewable: true } } }
    }
    const [mount, operation, name = '', extra] = path.split('/').map(decodeURIComponent)
    if (mount !== 'transit') return { status: 404, body: { errors: [] } }
    const body = bytes.length === 0 ? {} : JSON.parse(bytes.toString())
    if (operation === 'keys') {
      this.#create(name, body)
      return { status: 204 }
    }
    if (operation === 'hmac') return this.#hmac(name, extra, body)
    if (operation === 'encrypt' || operation === 'decrypt') return this.#batch(operation, name, body)
    return { status: 404, body: { errors: [] } }
  }

  #create(name: string, options: { derived?: boolean; convergent_encryption?: boolean }): void {
    if (this.keys.has(name)) return
    const { derived = false, convergent_encryption: convergent = false } = options
    this.keys.set(name, { derived, convergent, versions: [randomBytes(32)] })
  }

  #batch(operation: 'encrypt' | 'decrypt', name: string, body: Item & { batch_input?: Item[] }): Answer {
    if (!this.keys.has(name)) return { status: 400, body: { errors: ['encryption key not found'] } }
    const run = (item: Item) =>
      operation === 'encrypt' ? this.#encrypt(name, item) : this.#decrypt(name, item)
    if (body.batch_input === undefined) {
      const result = run(body)
      return result === undefined
        ? { status: 400, body: { errors: ['cipher: message authentication failed'] } }
        : { status: 200, body: { data: result } }
    }
    const results = body.batch_input.map(
      (item) => run(item) ?? { error: 'cipher: message authentication failed' },
    )
    // One refused item makes the whole answer 400, with the results of the others beside it.
    const status = results.some((result) => 'error' in result) ? 400 : 200
    return { status, body: { data: { batch_results: results } } }
  }

  #encrypt(name: string, item: Item): { ciphertext: string; key_version: number } | undefined {
    const key = this.keys.get(name)
    const version = key?.versions.length ?? 0
    const secret = this.#derive(name, version, item)
    if (key === undefined || secret === undefined) return undefined
    const plaintext = Buffer.from(item.plaintext ?? '', 'base64')
    const nonce = key.convergent
      ? createHmac('sha256', secret).update(plaintext).digest().subarray(0, 12)
      : randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', secret, nonce)
    if (item.associated_data !== undefined) cipher.setAAD(Buffer.from(item.associated_data, 'base64'))
    const sealed = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
    return { ciphertext: `vault:v${version}:${sealed.toString('base64')}`, key_version: version }
  }

  #decrypt(name: string, item: Item): { plaintext: string } | undefined {
    const match = /^vault:v(\d+):(.+)$/.exec(item.ciphertext ?? '')
    const secret = this.#derive(name, Number(match?.[1]), item)
    if (match?.[2] === undefined || secret === undefined) return undefined
    const sealed = Buffer.from(match[2], 'base64')
    if (sealed.length < 28) return undefined
    try {
      const cipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12))
      cipher.setAuthTag(sealed.subarray(-16))
      if (item.associated_data !== undefined) cipher.setAAD(Buffer.from(item.associated_data, 'base64'))
      const plaintext = Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()])
      return { plaintext: plaintext.toString('base64') }
    } catch {
      return undefined
    }
  }

  #derive(name: string, version: number, item: Item): Buffer | undefined {
    const key = this.keys.get(name)
    const secret = key?.versions[version - 1]
    if (key === undefined || secret === undefined) return undefined
    if (!key.derived) return secret
    // A derived key demands a context.
    if (item.context === undefined || item.context === '') return undefined
    return Buffer.from(hkdfSync('sha256', secret, '', Buffer.from(item.context, 'base64'), 32))
  }

  #hmac(name: string, algorithm: string | undefined, body: { input?: string; key_version?: number }): Answer {
    const key = this.keys.get(name)
    const version = body.key_version ?? key?.versions.length ?? 0
    const secret = key?.versions[version - 1]
    if (secret === undefined || algorithm !== 'sha2-256')
      return { status: 400, body: { errors: ['invalid key version'] } }
    const hmac = createHmac('sha256', secret)
      .update(Buffer.from(body.input ?? '', 'base64'))
      .digest('base64')
    return { status: 200, body: { data: { hmac: `vault:v${version}:${hmac}` } } }
  }
}
