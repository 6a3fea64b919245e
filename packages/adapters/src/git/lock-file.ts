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
  /**
   * A lock file belongs to a dead process when it was not touched for so long; default 10 000 ms. Its time alone does
   * not say so, since clocks jump and machines are suspended: who waits must also have seen it untouched for half of
   * this (or of `waitMs`, or 5 000 ms, where that is less).
   */
  readonly staleAfterMs?: number
  /**
   * As `staleAfterMs`, for the lock of all packed refs: native git holds it while it rewrites them, and would write
   * them over ours; default 600 000 ms.
   */
  readonly packedRefsStaleAfterMs?: number
  readonly signal?: AbortSignal
}

const longestWatchMs = 5_000

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
    const { waitMs = 15_000, staleAfterMs = 10_000 } = options
    const until = performance.now() + waitMs
    const isLeftBehind = watchFor(Math.min(waitMs / 2, staleAfterMs / 2, longestWatchMs), staleAfterMs)
    for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 50)) {
      options.signal?.throwIfAborted()
      const lock = await LockFile.#tryCreate(fs, path)
      if (lock !== undefined) return lock
      if (await takeAwayStale(fs, path, isLeftBehind)) continue
      if (performance.now() >= until) throw new LockBusyError('Another writer holds the lock.')
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
    await this.#assertIsOurs(this.path)
  }

  /** Our file is open all the time, so that no other one can have its number. */
  async #assertIsOurs(path: string): Promise<void> {
    try {
      if ((await this.fs.stat(path, { bigint: true })).ino === this.inode) return
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    throw new LockLostError('The lock was taken over by another process.')
  }

  /**
   * Moves the written lock file to its final name: what was locked now has the new content.
   *
   * Between the look and the move a process may stand still for so long that the lock is taken over: then nothing is
   * moved, or the file of the next holder, who loses it. What a lock guards changes by this move alone, so no holder's
   * content ever comes over a newer one; and each looks afterwards whether it was its own that was moved.
   *
   * @throws LockLostError when it was not, or something newer has come since
   */
  async commitTo(path: string): Promise<void> {
    await this.assertHeld()
    try {
      await this.fs.rename(this.path, path)
    } catch (error) {
      if (isMissing(error)) throw new LockLostError('The lock was taken over by another process.')
      throw error
    }
    await this.#assertIsOurs(path)
    await this.handle.close()
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

/** True for a lock file that is old and has not changed under the eyes of who waits for it. */
function watchFor(
  watchMs: number,
  staleAfterMs: number,
): (file: { ino: bigint; mtimeMs: bigint }) => boolean {
  let watched = ''
  let since = 0
  return ({ ino, mtimeMs }) => {
    const now = performance.now()
    if (watched !== `${ino} ${mtimeMs}`) {
      watched = `${ino} ${mtimeMs}`
      since = now
    }
    return now - since >= watchMs && Date.now() - Number(mtimeMs) >= staleAfterMs
  }
}

/**
 * Moves a lock that was left behind out of the way. Should a new holder have come in between, it loses its lock, and
 * notices (`commitTo`).
 */
async function takeAwayStale(
  fs: FileSystem,
  path: string,
  isLeftBehind: ReturnType<typeof watchFor>,
): Promise<boolean> {
  try {
    const seen = await fs.stat(path, { bigint: true })
    const isOurs = abandoned.delete(nameOf(path, seen.ino))
    if (!isOurs && !isLeftBehind(seen)) return false
    const aside = `${path}.stale-${seen.ino}`
    await fs.rename(path, aside)
    await removeFile(fs, aside)
    return true
  } catch (error) {
    if (isMissing(error)) return true
    throw error
  }
}
