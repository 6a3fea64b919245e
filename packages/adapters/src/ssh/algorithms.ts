import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2'

const hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
]

/**
 * What we offer in the handshake. SHA-1 is left out unless the device is marked as one that has nothing better:
 * RouterOS 6.4x knows only `ssh-rsa` host keys, group14 key exchange with SHA-1 and, with old settings, CBC ciphers.
 *
 * A device that has several host keys must go on showing the one on record: algorithms of that key's type come first,
 * so that a router that gains an ed25519 key in an upgrade is not reported as another machine.
 */
export function offeredAlgorithms(options: {
  readonly legacy: boolean
  readonly knownKeyType?: string | undefined
}): Algorithms {
  const offered: ServerHostKeyAlgorithm[] = options.legacy
    ? [...hostKeyAlgorithms, 'ssh-rsa']
    : [...hostKeyAlgorithms]
  const rank = (algorithm: string): number => (keyTypeOf(algorithm) === options.knownKeyType ? 0 : 1)
  const serverHostKey = offered.sort((a, b) => rank(a) - rank(b))
  if (!options.legacy) return { serverHostKey }
  return {
    serverHostKey,
    kex: {
      append: [
        'diffie-hellman-group14-sha1',
        'diffie-hellman-group-exchange-sha1',
        'diffie-hellman-group1-sha1',
      ],
      prepend: [],
      remove: [],
    },
    cipher: { append: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'], prepend: [], remove: [] },
  }
}

/** Three signature algorithms share one type of key. */
function keyTypeOf(algorithm: string): string {
  return algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm
}
