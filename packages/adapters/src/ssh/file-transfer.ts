import { DeviceFileFailedError, DeviceOutputTooLargeError } from '@tod/core'
import type { SFTPWrapper } from 'ssh2'
import { toFileError } from './to-device-error.js'

/** What every SFTP server takes in one request. */
const requestBytes = 32 * 1024
/** Requests under way at once: hides the round trip without asking much of a small router's memory. */
const requestsAtOnce = 8

/** Over whose connection a file goes. */
export interface FileTransfer {
  readonly deviceId: string
  readonly sftp: SFTPWrapper
}

/**
 * Reads a file whole. Its size is asked for first; a file that shrinks meanwhile is an error, one that grows is read to
 * its first size.
 *
 * @throws DEVICE_FILE_FAILED · DEVICE_OUTPUT_TOO_LARGE · DEVICE_CONNECTION_LOST
 */
export async function downloadFile(
  transfer: FileTransfer,
  path: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const { deviceId, sftp } = transfer
  const context = { deviceId, direction: 'download' as const }
  return withHandle(sftp, context, path, 'r', async (handle) => {
    const size = await request<number>((done) =>
      sftp.fstat(handle, (error, stats) => done(error, stats?.size)),
    )
    if (size > maxBytes) throw new DeviceOutputTooLargeError({ deviceId, maxBytes })
    const content = Buffer.alloc(size)
    await inParts(size, async (start, end) => {
      for (let at = start; at < end; ) {
        const bytes = await readPart(sftp, handle, content, at, end - at)
        if (bytes === 0) throw new DeviceFileFailedError({ ...context, reason: 'incomplete' })
        at += bytes
      }
    })
    return new Uint8Array(content)
  })
}

/**
 * Writes a file whole, replacing one of that name, and looks at its size afterwards.
 *
 * @throws DEVICE_FILE_FAILED · DEVICE_CONNECTION_LOST
 */
export async function uploadFile(transfer: FileTransfer, path: string, content: Uint8Array): Promise<void> {
  const { deviceId, sftp } = transfer
  const context = { deviceId, direction: 'upload' as const }
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  await withHandle(sftp, context, path, 'w', async (handle) => {
    await inParts(bytes.length, (start, end) =>
      request<void>((done) => sftp.write(handle, bytes, start, end - start, start, (error) => done(error))),
    )
  })
  const stored = await request<number>((done) =>
    sftp.stat(path, (error, stats) => done(error, stats?.size)),
  ).catch((error) => {
    throw toFileError(error, context)
  })
  if (stored !== bytes.length) throw new DeviceFileFailedError({ ...context, reason: 'incomplete' })
}

async function withHandle<T>(
  sftp: SFTPWrapper,
  context: { readonly deviceId: string; readonly direction: 'upload' | 'download' },
  path: string,
  mode: 'r' | 'w',
  work: (handle: Buffer) => Promise<T>,
): Promise<T> {
  try {
    const handle = await request<Buffer>((done) => sftp.open(path, mode, done))
    let result: T
    try {
      result = await work(handle)
    } catch (error) {
      // Not waited for: the first error counts, and the connection may be gone.
      sftp.close(handle, () => {})
      throw error
    }
    await request<void>((done) => sftp.close(handle, (error) => done(error)))
    return result
  } catch (error) {
    throw toFileError(error, context)
  }
}

/** Runs `work` over consecutive parts of a file, several at once. */
async function inParts(size: number, work: (start: number, end: number) => Promise<void>): Promise<void> {
  let next = 0
  let failed = false
  const lane = async (): Promise<void> => {
    while (next < size && !failed) {
      const start = next
      next = Math.min(size, start + requestBytes)
      await work(start, next).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: requestsAtOnce }, lane))
  for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason
}

/** Resolves with the number of bytes read, 0 at the end of the file. */
function readPart(
  sftp: SFTPWrapper,
  handle: Buffer,
  into: Buffer,
  at: number,
  length: number,
): Promise<number> {
  return request<number>((done) =>
    sftp.read(handle, into, at, length, at, (error, bytes) => {
      // SFTP tells the end of a file by an error status.
      if (error !== undefined && Reflect.get(error, 'code') === 1) done(undefined, 0)
      else done(error, bytes)
    }),
  )
}

type Done<T> = (error: Error | null | undefined, value?: T) => void

function request<T>(send: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, value) => {
      if (error) reject(error)
      else resolve(value as T)
    })
  })
}
