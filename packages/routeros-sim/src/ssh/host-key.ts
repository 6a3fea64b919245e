import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'

/** Kinds of host keys that RouterOS has; ed25519 since 7.9. */
export type HostKeyType = 'rsa' | 'ed25519'

/** A host key: the private part as ssh2 reads it, and the fingerprint clients show. */
export interface HostKey {
  readonly type: HostKeyType
  readonly privateKey: string
  /** `SHA256:…` without padding, as OpenSSH prints it. */
  readonly fingerprint: string
}

const rsaPool = new Map<number, HostKey>()

/**
 * An RSA 2048 key. Made once per process and number: making one takes about 0.1 s, and tests rarely need two.
 * Another number is another key.
 */
export function pooledRsaKey(number: number): HostKey {
  const known = rsaPool.get(number)
  if (known) return known
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const made = readHostKey(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString())
  rsaPool.set(number, made)
  return made
}

/** An ed25519 key that follows from a text: the same router of the same seed has the same key in every run. */
export function derivedEd25519Key(text: string): HostKey {
  const seed = createHash('sha256').update(text).digest()
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const publicBytes = spki.subarray(spki.length - 32)
  const blob = Buffer.concat([field('ssh-ed25519'), field(publicBytes)])
  const check = seed.subarray(0, 4)
  const secret = Buffer.concat([check, check, blob, field(Buffer.concat([seed, publicBytes])), field('')])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1))
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    Buffer.from([0, 0, 0, 1]),
    field(blob),
    field(Buffer.concat([secret, padding])),
  ])
  const lines = body.toString('base64').match(/.{1,70}/g) ?? []
  return {
    type: 'ed25519',
    privateKey: [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      ...lines,
      '-----END OPENSSH PRIVATE KEY-----',
      '',
    ].join('\n'),
    fingerprint: fingerprintOf(blob),
  }
}

/** Reads a private key in PEM (RSA) and tells its fingerprint. @throws TypeError when it is not an RSA key. */
export function readHostKey(pem: string): HostKey {
  const jwk = createPublicKey(pem).export({ format: 'jwk' })
  if (jwk.kty !== 'RSA' || jwk.n === undefined || jwk.e === undefined) {
    throw new TypeError('A host key from a file must be an RSA key in PEM.')
  }
  const blob = Buffer.concat([field('ssh-rsa'), integer(jwk.e), integer(jwk.n)])
  return { type: 'rsa', privateKey: pem, fingerprint: fingerprintOf(blob) }
}

function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** SSH integers are signed: a leading one bit needs a zero byte. */
function integer(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url')
  return field((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}
