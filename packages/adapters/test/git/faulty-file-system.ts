import type { FileHandle } from 'node:fs/promises'
import { type FileSystem, nodeFileSystem } from '@tod/adapters/git'

/** A disk that fails at one chosen operation, or from it on. */
export interface FaultyFileSystem {
  readonly fs: FileSystem
  /** Operations that change something, or force it to the disk, since the last `failAt`. */
  readonly count: () => number
  /** The operation with this number (from 1) fails with this code; with `forever`, all later ones too. */
  failAt(operation: number, code: string, forever?: boolean): void
  /** Nothing fails any more. */
  heal(): void
}

/** Wraps the machine's disk. Short writes are made before a write fails, as a full disk does. */
export function faultyFileSystem(): FaultyFileSystem {
  let count = 0
  let failing = Number.POSITIVE_INFINITY
  let isForever = false
  let failure = 'EIO'

  const step = () => {
    count++
    return count === failing || (isForever && count > failing)
  }
  const fail = (): never => {
    throw Object.assign(new Error(`${failure}: injected`), { code: failure, errno: -5 })
  }
  const check = () => {
    if (step()) fail()
  }

  const wrapHandle = (handle: FileHandle): FileHandle =>
    new Proxy(handle, {
      get(target, name) {
        if (name === 'writeFile') {
          return async (bytes: Uint8Array) => {
            if (step()) {
              await target.writeFile(bytes.subarray(0, Math.floor(bytes.length / 2)))
              fail()
            }
            await target.writeFile(bytes)
          }
        }
        if (name === 'sync') {
          return async () => {
            check()
            await target.sync()
          }
        }
        if (name === 'write') {
          return async (buffer: Uint8Array, offset: number, length: number, position: number) => {
            if (step()) {
              await target.write(buffer, offset, Math.floor(length / 2), position)
              fail()
            }
            return await target.write(buffer, offset, length, position)
          }
        }
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })

  const fs: FileSystem = {
    ...nodeFileSystem,
    open: async (path, flags, mode) => {
      if (flags !== undefined && flags !== 'r') check()
      return wrapHandle(await nodeFileSystem.open(path, flags, mode))
    },
    rename: async (from, to) => {
      check()
      await nodeFileSystem.rename(from, to)
    },
    unlink: async (path) => {
      check()
      await nodeFileSystem.unlink(path)
    },
    mkdir: (async (path: string, options?: { recursive?: boolean }) => {
      check()
      return await nodeFileSystem.mkdir(path, options)
    }) as FileSystem['mkdir'],
  }
  return {
    fs,
    count: () => count,
    failAt: (operation, code, forever = false) => {
      count = 0
      failing = operation
      failure = code
      isForever = forever
    },
    heal: () => {
      failing = Number.POSITIVE_INFINITY
      isForever = false
    },
  }
}
