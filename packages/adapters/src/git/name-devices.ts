import { extname } from 'node:path'

/** A file of a folder of backups, by its path relative to that folder, and when it was last changed. */
export interface BackupFile {
  readonly path: string
  /** UTC, ms since 1970. */
  readonly changedAt: number
}

/** What the names of a file say: whose it is and from when. */
export interface NamedFile extends BackupFile {
  readonly deviceName: string
  /** From the name, or else from the folder's name, taken as UTC; or else when the file was last changed. */
  readonly at: number
}

/** Names that say what a file is and not whose. */
const generic =
  /^(export|backup|config|configuration|running|latest|current|auto|full|daily|weekly|monthly)?$/i

/**
 * Finds the device of each export. Files of one folder belong to the device that the folder is named after; where they
 * have different names, or the folder's name is a date or none, they belong to the devices they are named after.
 */
export function nameFiles(files: readonly BackupFile[]): readonly NamedFile[] {
  const read = files.map((file) => {
    const folders = file.path.split(/[\\/]/)
    const name = readName(withoutExtension(folders.pop() ?? ''))
    return { file, folders, name }
  })
  const ownNames = new Map<string, Set<string>>()
  for (const { folders, name } of read) {
    if (generic.test(name.rest)) continue
    const folder = folders.join('/')
    ownNames.set(folder, (ownNames.get(folder) ?? new Set()).add(name.rest))
  }
  return read.map(({ file, folders, name }) => {
    const nearest = folders.map(readName).reverse()
    const folder = nearest.find(({ rest }) => /\D/.test(rest))?.rest
    const isDated = nearest[0]?.rest === ''
    const isOwnName = isDated || (ownNames.get(folders.join('/'))?.size ?? 0) > 1
    const own = generic.test(name.rest) ? undefined : name.rest
    const fallback = withoutExtension(file.path.split(/[\\/]/).at(-1) ?? '')
    const at = name.at ?? nearest.find((one) => one.at !== undefined)?.at ?? file.changedAt
    return { ...file, at, deviceName: (isOwnName ? (own ?? folder) : (folder ?? own)) ?? fallback }
  })
}

/** A name without the date that it ends with, and that date. */
function readName(name: string): { readonly rest: string; readonly at: number | undefined } {
  const match =
    /^(.*?)[-_.]?(\d{4})-?(\d{2})-?(\d{2})(?:[-_.T]?(\d{2})[-:_]?(\d{2})(?:[-:_]?(\d{2}))?)?$/.exec(name)
  const at = match === null ? undefined : dateOf(match.slice(2).map((digits) => Number(digits ?? 0)))
  return at === undefined ? { rest: name, at } : { rest: match?.[1] ?? '', at }
}

function dateOf(parts: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  if (year < 1990 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59)
    return undefined
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/**
 * Names the devices of a repository after their folders or files. Where two of one commit would have the same name, the
 * second is named by its whole path; one that was moved elsewhere keeps its name.
 */
export class DeviceNames {
  readonly #owners = new Map<string, string>()

  /** @param path of the device's folder, or of its file; `isThere` tells whether the commit has a path. */
  nameOf(path: string, isThere: (path: string) => boolean): string {
    const short = path.slice(path.lastIndexOf('/') + 1)
    const owner = this.#owners.get(short)
    if (owner !== undefined && owner !== path && isThere(owner)) return path
    this.#owners.set(short, path)
    return short
  }
}

/** A path or name without the extension of its last part. */
export function withoutExtension(path: string): string {
  return path.slice(0, path.length - extname(path).length)
}
