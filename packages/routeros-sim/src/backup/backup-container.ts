import { createCipheriv, createHash, createHmac } from 'node:crypto'

/** How a backup file is protected. */
export type BackupEncryption = 'none' | 'rc4' | 'aes-sha256'

const PLAIN_MAGIC = Buffer.from([0x88, 0xac, 0xa1, 0xb1])
const RC4_MAGIC = Buffer.from([0xef, 0xa8, 0x91, 0x72])
const AES_MAGIC = Buffer.from([0xef, 0xa8, 0x91, 0x73])

/** Why a backup could not be opened. */
export type BackupProblem = 'not-a-backup' | 'truncated' | 'wrong-password'

/** The content of a backup, or what is wrong with it. */
export type OpenedBackup =
  | { readonly ok: true; readonly content: Buffer }
  | { readonly ok: false; readonly problem: BackupProblem }

/** RC4 with the first 768 bytes of the key stream dropped. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i)
  const at = (index: number): number => state[index & 255] ?? 0
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255
    const swapped = at(i)
    state[i] = at(j)
    state[j] = swapped
  }
  const out = Buffer.alloc(data.length)
  for (let n = -768, i = 0, j = 0; n < data.length; n += 1) {
    i = (i + 1) & 255
    j = (j + at(i)) & 255
    const swapped = at(i)
    state[i] = at(j)
    state[j] = swapped
    if (n >= 0) out[n] = (data[n] ?? 0) ^ at(at(i) + at(j))
  }
  return out
}

function aesKeys(salt: Buffer, password: string): { readonly cipher: Buffer; readonly mac: Buffer } {
  const digest = createHash('sha256').update(salt).update(Buffer.from(password, 'latin1')).digest()
  return { cipher: digest.subarray(0, 16), mac: digest.subarray(16) }
}

function aes(key: Buffer, salt: Buffer, data: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-ctr', key, salt.subarray(0, 16))
  return Buffer.concat([cipher.update(data), cipher.final()])
}

function rc4Key(salt: Buffer, password: string): Buffer {
  return createHash('sha1').update(salt).update(Buffer.from(password, 'latin1')).digest()
}

function sized(magic: Buffer, rest: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(8 + rest.length)
  return Buffer.concat([magic, size, rest])
}

function field(data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length)
  return Buffer.concat([length, data])
}

/** Wraps content as `/system backup save` does (facts 3.1): magic, size, one record; encrypted when asked. */
export function sealBackup(
  content: Buffer,
  encryption: BackupEncryption,
  password: string,
  salt: Buffer,
): Buffer {
  const body = Buffer.concat([field(Buffer.from('config')), field(Buffer.alloc(0)), field(content)])
  if (encryption === 'none') return sized(PLAIN_MAGIC, body)
  const clear = Buffer.concat([PLAIN_MAGIC, body])
  if (encryption === 'rc4') return sized(RC4_MAGIC, Buffer.concat([salt, rc4(rc4Key(salt, password), clear)]))
  const keys = aesKeys(salt, password)
  const sealed = aes(keys.cipher, salt, clear)
  const mac = createHmac('sha256', keys.mac).update(sealed).digest()
  return sized(AES_MAGIC, Buffer.concat([salt, mac, sealed]))
}

function readRecord(body: Buffer): OpenedBackup {
  let offset = 0
  const next = (): Buffer | undefined => {
    if (offset + 4 > body.length) return undefined
    const length = body.readUInt32LE(offset)
    const data = body.subarray(offset + 4, offset + 4 + length)
    offset += 4 + length
    return data.length === length ? data : undefined
  }
  next()
  next()
  const content = next()
  return content === undefined ? { ok: false, problem: 'truncated' } : { ok: true, content }
}

/** Opens a backup file. An empty password is right for a plain one. */
export function openBackup(file: Uint8Array, password: string): OpenedBackup {
  const data = Buffer.from(file)
  const magic = data.subarray(0, 4)
  const isPlain = magic.equals(PLAIN_MAGIC)
  if (!isPlain && !magic.equals(RC4_MAGIC) && !magic.equals(AES_MAGIC))
    return { ok: false, problem: 'not-a-backup' }
  if (data.length < 8 || data.readUInt32LE(4) !== data.length) return { ok: false, problem: 'truncated' }
  if (isPlain) return readRecord(data.subarray(8))
  const salt = data.subarray(8, 40)
  let clear: Buffer
  if (magic.equals(RC4_MAGIC)) clear = rc4(rc4Key(salt, password), data.subarray(40))
  else {
    const keys = aesKeys(salt, password)
    const sealed = data.subarray(72)
    const mac = createHmac('sha256', keys.mac).update(sealed).digest()
    if (!mac.equals(data.subarray(40, 72))) return { ok: false, problem: 'wrong-password' }
    clear = aes(keys.cipher, salt, sealed)
  }
  if (!clear.subarray(0, 4).equals(PLAIN_MAGIC)) return { ok: false, problem: 'wrong-password' }
  return readRecord(clear.subarray(4))
}
