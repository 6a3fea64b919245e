import type { RouterClock, RouterFile, RouterFiles } from '../engine.js'
import { FileStoreError } from './file-store-error.js'

/** Shape of a router's storage. */
export interface FileStoreOptions {
  /** Default 128 MiB, as a small hardware router has. */
  readonly capacityBytes?: number
  /**
   * `flash-root`: every file survives a reboot. `ram-root`: only what lies below `flash/` does; the rest is a RAM disk.
   * Default `flash-root`.
   */
  readonly layout?: 'flash-root' | 'ram-root'
  /** Bytes per second that the flash takes; a file grows while it is written. Default: at once. */
  readonly writeBytesPerSecond?: number
  /** How long a file lives only in RAM after a write: a power cut before then loses it. Default 0. */
  readonly writeBackMs?: number
}

interface StoredFile {
  name: string
  type: RouterFile['type']
  content: Uint8Array
  createdMs: number
  modifiedMs: number
  /** Uptime at which the last write reached the flash. */
  safeAtMs: number
}

const empty = new Uint8Array(0)
const stepMs = 250

/** A router's files: capacity, RAM disk, slow and caching flash. Outlives reboots as far as a router's files do. */
export class FileStore implements RouterFiles {
  private readonly files = new Map<string, StoredFile>()
  private readonly options: Required<FileStoreOptions>
  private usedBytes = 0

  constructor(
    private readonly clock: RouterClock,
    options: FileStoreOptions = {},
  ) {
    this.options = {
      capacityBytes: options.capacityBytes ?? 128 * 1024 * 1024,
      layout: options.layout ?? 'flash-root',
      writeBytesPerSecond: options.writeBytesPerSecond ?? Number.POSITIVE_INFINITY,
      writeBackMs: options.writeBackMs ?? 0,
    }
    if (this.options.layout === 'ram-root') this.put('flash', 'disk', empty)
  }

  list(): readonly RouterFile[] {
    return [...this.files.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(toRouterFile)
  }

  find(name: string): RouterFile | undefined {
    const file = this.files.get(clean(name))
    return file && toRouterFile(file)
  }

  read(name: string): Uint8Array | undefined {
    const file = this.files.get(clean(name))
    return file?.type === 'file' ? file.content : undefined
  }

  async write(name: string, content: Uint8Array): Promise<void> {
    const target = clean(name)
    this.refuseBadTarget(target)
    const grown = content.length - (this.files.get(target)?.content.length ?? 0)
    if (grown > this.freeBytes()) throw noSpace()
    const perStep = Math.max(1, Math.floor((this.options.writeBytesPerSecond * stepMs) / 1000))
    if (perStep < content.length && this.survives(target)) {
      for (let written = 0; written < content.length; written += perStep) {
        this.put(target, 'file', content.subarray(0, written))
        await this.clock.sleep(stepMs)
      }
    }
    this.put(target, 'file', content)
  }

  remove(name: string): boolean {
    const target = clean(name)
    const file = this.files.get(target)
    if (file === undefined || file.type === 'disk') return false
    for (const inside of [...this.files.keys()]) {
      if (inside === target || inside.startsWith(`${target}/`)) this.drop(inside)
    }
    return true
  }

  makeDirectory(name: string): void {
    const target = clean(name)
    this.refuseBadTarget(target)
    if (!this.files.has(target)) this.put(target, 'directory', empty)
  }

  /** Changes a file's name; false when there is none. */
  rename(from: string, to: string): boolean {
    const source = this.files.get(clean(from))
    if (source === undefined || source.type !== 'file') return false
    this.refuseBadTarget(clean(to))
    this.drop(clean(from))
    this.put(clean(to), 'file', source.content)
    return true
  }

  freeBytes(): number {
    return Math.max(0, this.options.capacityBytes - this.usedBytes)
  }

  totalBytes(): number {
    return this.options.capacityBytes
  }

  /** Takes all free space but `leaveBytes`: the full flash, as a fault or a scenario. */
  fill(leaveBytes = 0): void {
    this.usedBytes += Math.max(0, this.freeBytes() - leaveBytes)
  }

  /** What a restart does: the RAM disk is empty; without a clean shutdown unsaved writes are lost too. */
  restart(how: 'clean' | 'power-cut', uptimeMs: number): void {
    for (const file of [...this.files.values()]) {
      const isLost = !this.survives(file.name) || (how === 'power-cut' && file.safeAtMs > uptimeMs)
      if (isLost && file.type !== 'disk') this.drop(file.name)
      else file.safeAtMs = 0
    }
  }

  private survives(name: string): boolean {
    return this.options.layout === 'flash-root' || name === 'flash' || name.startsWith('flash/')
  }

  private refuseBadTarget(name: string): void {
    if (name === '' || name.split('/').some((part) => part === '' || part === '..' || part === '.')) {
      throw new FileStoreError('bad-name', 'failure: bad file name')
    }
    const existing = this.files.get(name)
    if (existing && existing.type !== 'file') {
      throw new FileStoreError('is-directory', 'failure: is a directory')
    }
    const slash = name.lastIndexOf('/')
    if (slash >= 0) {
      const parent = this.files.get(name.slice(0, slash))
      if (parent === undefined || parent.type === 'file') {
        throw new FileStoreError('no-such-directory', 'failure: no such directory')
      }
    }
  }

  private put(name: string, type: RouterFile['type'], content: Uint8Array): void {
    const nowMs = this.clock.localMs()
    const before = this.files.get(name)
    this.usedBytes += content.length - (before?.content.length ?? 0)
    this.files.set(name, {
      name,
      type,
      content,
      createdMs: before?.createdMs ?? nowMs,
      modifiedMs: nowMs,
      safeAtMs: this.clock.uptimeMs() + this.options.writeBackMs,
    })
  }

  private drop(name: string): void {
    this.usedBytes -= this.files.get(name)?.content.length ?? 0
    this.files.delete(name)
  }
}

function noSpace(): FileStoreError {
  return new FileStoreError('no-space', 'failure: not enough disk space')
}

function clean(name: string): string {
  return name.replace(/^\/+/, '').replace(/\/+$/, '')
}

function toRouterFile(file: StoredFile): RouterFile {
  const { name, type, content, createdMs, modifiedMs } = file
  return { name, type, size: content.length, createdMs, modifiedMs }
}
