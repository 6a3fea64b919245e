import { createHash, randomBytes } from 'node:crypto'

const prefix = 'mktp_'

export const isApiKey = (token: string): boolean => token.startsWith(prefix)

/** A new key; its owner sees it once, only the hash is stored. */
export const createApiKey = (): string => prefix + randomBytes(32).toString('base64url')

/**
 * What a key is stored and looked up by. The text has 256 random bits, so a plain hash is enough; and because the
 * look-up compares hashes, the time it takes tells nothing about the text of a key that exists.
 */
export const hashApiKey = (token: string): string => createHash('sha256').update(token).digest('hex')
