import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/** The secret that tokens are signed with, from its file; a new one (32 random bytes, mode 0600) when there is none. */
export function readOrCreateJwtSecret(path: string): Uint8Array {
  if (!existsSync(path)) {
    const temporary = `${path}.${process.pid}.tmp`
    writeFileSync(temporary, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
    try {
      // A link fails where a rename would replace: of two processes that start at once one makes the secret.
      linkSync(temporary, path)
    } catch (error) {
      if (!existsSync(path)) throw error
    } finally {
      rmSync(temporary, { force: true })
    }
  }
  chmodSync(path, 0o600)
  const text = readFileSync(path, 'utf8').trim()
  if (text.length < 32)
    throw new TypeError('The file of the token secret is damaged: delete it to get a new one.')
  return new TextEncoder().encode(text)
}
