import type { CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from 'ssh2'

/** Sets of algorithms that RouterOS versions offer. */
export type AlgorithmSet =
  /** 7.7 and later: curve25519, rsa-sha2, ed25519 host keys, GCM. */
  | 'modern'
  /**
   * 6.45 to 7.6: Diffie-Hellman only, rsa-sha2-256 beside ssh-rsa. Where a router offers group exchange with SHA-256,
   * the simulator offers group 14 with SHA-256: its SSH library has no group exchange on the server's side.
   */
  | 'classic'
  /** Before 6.45: ssh-rsa signatures and group14-sha1 only. */
  | 'ssh-rsa-only'

/** The set that a version offers by itself. Source: MikroTik changelogs 6.45, 7.7, 7.9; likely, not measured. */
export function algorithmSetOf(version: string): AlgorithmSet {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  if (major >= 8 || (major === 7 && minor >= 7)) return 'modern'
  if (major === 7 || (major === 6 && minor >= 45)) return 'classic'
  return 'ssh-rsa-only'
}

/** ssh2's words for a set. `strong` leaves SHA-1 out, as `/ip ssh strong-crypto=yes` does. */
export function algorithmsOf(set: AlgorithmSet, strong: boolean): Offer {
  const offer = offers(set)
  if (!strong) return offer
  const isStrong = (name: string) => !/sha1$|^ssh-rsa$|-cbc$/.test(name)
  return {
    kex: offer.kex.filter(isStrong),
    serverHostKey: offer.serverHostKey.filter(isStrong),
    cipher: offer.cipher.filter(isStrong),
    hmac: offer.hmac.filter(isStrong),
  }
}

interface Offer {
  readonly kex: KexAlgorithm[]
  readonly serverHostKey: ServerHostKeyAlgorithm[]
  readonly cipher: CipherAlgorithm[]
  readonly hmac: MacAlgorithm[]
}

function offers(set: AlgorithmSet): Offer {
  if (set === 'ssh-rsa-only') {
    return {
      kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
      serverHostKey: ['ssh-rsa'],
      cipher: ['aes256-ctr', 'aes192-ctr', 'aes128-ctr', 'aes256-cbc', 'aes128-cbc'],
      hmac: ['hmac-sha1', 'hmac-sha2-256'],
    }
  }
  if (set === 'classic') {
    return {
      kex: ['diffie-hellman-group14-sha256', 'diffie-hellman-group14-sha1'],
      serverHostKey: ['rsa-sha2-256', 'ssh-rsa'],
      cipher: ['aes256-ctr', 'aes192-ctr', 'aes128-ctr'],
      hmac: ['hmac-sha2-256', 'hmac-sha1'],
    }
  }
  return {
    kex: ['curve25519-sha256', 'curve25519-sha256@libssh.org', 'diffie-hellman-group14-sha256'],
    serverHostKey: ['ssh-ed25519', 'rsa-sha2-256', 'ssh-rsa'],
    cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes256-ctr', 'aes192-ctr', 'aes128-ctr'],
    hmac: ['hmac-sha2-256', 'hmac-sha2-512', 'hmac-sha1'],
  }
}
