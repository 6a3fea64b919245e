import { join } from 'node:path'

/** Where the newest revision of each device is. */
export const deviceRefPrefix = 'refs/heads/devices/'

/** Where revisions are held that retention keeps behind dropped ones. */
export const keepRefPrefix = 'refs/tod/keep/'

/** The copy of the wrapped keys. */
export const keysRef = 'refs/tod/keys'

/** The branch of repositories in the usual layout, a folder per device. */
export const legacyRef = 'refs/heads/main'

const safeId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** True for an id that may stand in a path and in a ref name: no separator, no `..`, no `.lock` at the end. */
export function isSafeId(id: string): boolean {
  return safeId.test(id) && !id.includes('..') && !id.endsWith('.lock') && !id.endsWith('.')
}

/** The folder of a tenant's bare repository. The id must be safe. */
export function repositoryPath(root: string, tenantId: string): string {
  return join(root, `${tenantId}.git`)
}

/** The ref of a device's newest revision. */
export function deviceRef(deviceId: string): string {
  return `${deviceRefPrefix}${deviceId}`
}

/** The ref that keeps one revision, and those behind it, from the sweep. */
export function keepRef(deviceId: string, commitSha: string): string {
  return `${keepRefPrefix}${deviceId}/${commitSha}`
}

/** The revision that a ref made by `keepRef` holds: its name says so, whatever has become of its file. */
export function keptSha(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1)
}
