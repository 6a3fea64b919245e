import { join } from 'node:path'
import { LockFile, type LockOptions } from './lock-file.js'
import type { TenantRepository } from './tenant-repository.js'

const defaultStaleAfterMs = 60_000

/**
 * Runs upkeep of a repository while no other process does. Writers are not held up by it. The lock is refreshed
 * as long as the work lasts; one that was left behind by a killed process is taken over after a minute (`staleAfterMs`).
 *
 * @throws LockBusyError when another process does upkeep here
 */
export async function withMaintenanceLock<T>(
  repository: TenantRepository,
  options: Pick<LockOptions, 'waitMs' | 'signal' | 'staleAfterMs'>,
  work: (assertHeld: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const path = join(repository.gitDirectory, 'tod-maintenance.lock')
  const staleAfterMs = options.staleAfterMs ?? defaultStaleAfterMs
  const lock = await LockFile.acquire(repository.fs, path, { ...options, staleAfterMs })
  const beat = setInterval(() => {
    void lock.touch().catch(() => undefined)
  }, staleAfterMs / 6)
  beat.unref()
  try {
    return await work(() => lock.assertHeld())
  } finally {
    clearInterval(beat)
    await lock.release()
  }
}
