import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeFolderDurably, removeFile } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { fileErrorCode, isMissing } from './file-system.js'

/** How long to try for a lock, and when one counts as left behind. */
export interface LockOptions {
  /** Longest wait for the lock; default 15 000 ms. */
  readonly waitMs?: number
  /** A lock file that was not touched for so long belongs to a dead process; default 10 000 ms. */
  readonly staleAfterMs?: number
  readonly signal?: AbortSignal
}

/** Locks of this process that are free, but whose files a failing disk did not let go. */
const abandoned = new Set<string>()

function nameOf(path: string, inode: bigint): string {
  return `${inode} ${path}`
}

/** The lock could not be had in time: somebody else holds it. */
export class LockBusyError extends Error {
  override readonly name = 'LockBusyError'
}

/** A lock was held too long and another process took it over: nothing may be written under it any more. */
export class LockLostError extends Error {
  override readonly name = 'LockLostError'
}

/** A file that exists only while one process holds it, as native git locks `<ref>.lock`. */
export class LockFile {
  private constructor(
    private readonly fs: FileSystem,
    readonly path: string,
    private readonly handle: FileHandle,
    private readonly inode: bigint,
  ) {}

  /**
   * Creates the lock file, waiting while another holds it and taking over one that was left behind.
   *
   * @throws LockBusyError after `waitMs`.
   */
  static async acquire(fs: FileSystem, path: string, options: LockOptions = {}): Promise<LockFile> {
    const until = Date.now() + (options.waitMs ?? 15_000)
    for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 50)) {
      options.signal?.throwIfAborted()
      const lock = await LockFile.#tryCreate(fs, path)
      if (lock !== undefined) return lock
      if (await takeAwayStale(fs, path, options.staleAfterMs ?? 10_000)) continue
      if (Date.now() >= until) throw new LockBusyError('Another writer holds the lock.')
      await pause(pauseMs + Math.random() * pauseMs)
    }
  }

  static async #tryCreate(fs: FileSystem, path: string): Promise<LockFile | undefined> {
    try {
      const handle = await fs.open(path, 'wx', 0o644)
      const { ino } = await handle.stat({ bigint: true })
      return new LockFile(fs, path, handle, ino)
    } catch (error) {
      if (fileErrorCode(error) === 'EEXIST') return undefined
      if (!isMissing(error)) throw error
      await makeFolderDurably(fs, dirname(path))
      return undefined
    }
  }

  /** Writes the new content of the locked file into the lock and forces it to the disk. */
  async write(bytes: Uint8Array): Promise<void> {
    await this.handle.writeFile(bytes)
    await this.handle.sync()
  }

  /** Shows that the holder lives, so that a long task keeps its lock. */
  async touch(now: Date = new Date()): Promise<void> {
    await this.assertHeld()
    await this.handle.utimes(now, now)
  }

  /** @throws LockLostError when the file at the lock's place is not the one that was created. */
  async assertHeld(): Promise<void> {
    try {
      if ((await this.fs.stat(this.path, { bigint: true })).ino === this.inode) return
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    throw new LockLostError('The lock was taken over by another process.')
  }

  /** Moves the written lock file to its final name: what was locked now has the new content. */
  async commitTo(path: string): Promise<void> {
    await this.assertHeld()
    await this.handle.close()
    await this.fs.rename(this.path, path)
  }

  /** Gives the lock up without a change. */
  async release(): Promise<void> {
    await this.handle.close().catch(() => undefined)
    try {
      await this.assertHeld()
    } catch (error) {
      if (error instanceof LockLostError) return
      throw error
    }
    try {
      await removeFile(this.fs, this.path)
    } catch (error) {
      abandoned.add(nameOf(this.path, this.inode))
      throw error
    }
  }
}

/**
 * Moves a lock that nobody has touched for `staleAfterMs` out of the way. Should a new holder have come in
 * between, it notices before it renames (`assertHeld`) and starts again.
 */
async function takeAwayStale(fs: FileSystem, path: string, staleAfterMs: number): Promise<boolean> {
  try {
    const seen = await fs.stat(path, { bigint: true })
    const isOurs = abandoned.delete(nameOf(path, seen.ino))
    if (!isOurs && Date.now() - Number(seen.mtimeMs) < staleAfterMs) return false
    const aside = `${path}.stale-${seen.ino}`
    await fs.rename(path, aside)
    await removeFile(fs, aside)
    return true
  } catch (error) {
    if (isMissing(error)) return true
    throw error
  }
}
