import { join } from 'node:path'
import type { RevisionsByDevice } from '@tod/core'
import { removeFile, writeFileDurably } from './durable-file.js'
import { readFileIfThere } from './file-system.js'
import { RepositoryDamageError } from './repository-damage.js'
import type { TenantRepository } from './tenant-repository.js'

const fileName = 'tod-dropping.json'

/**
 * The revisions that a running batch of retention drops, as a file in the repository: whoever keeps rows of them can be
 * told after a kill. It is changed under the maintenance lock only.
 */
export async function readDropList(repository: TenantRepository): Promise<RevisionsByDevice> {
  const file = await readFileIfThere(repository.fs, pathIn(repository))
  if (file === undefined) return new Map()
  try {
    const entries = Object.entries(JSON.parse(file.toString('utf8')) as Record<string, readonly string[]>)
    return new Map(entries.map(([deviceId, shas]) => [deviceId, new Set(shas)]))
  } catch (cause) {
    throw new RepositoryDamageError(fileName, 'unreadable', 'the list of dropped revisions is altered', {
      cause,
    })
  }
}

/** Writes the list durably. */
export async function writeDropList(repository: TenantRepository, drop: RevisionsByDevice): Promise<void> {
  const entries = [...drop].map(([deviceId, shas]) => [deviceId, [...shas]])
  const text = JSON.stringify(Object.fromEntries(entries))
  await writeFileDurably(repository.fs, pathIn(repository), Buffer.from(text))
}

/** The batch is done. */
export async function removeDropList(repository: TenantRepository): Promise<void> {
  await removeFile(repository.fs, pathIn(repository))
}

/** The revisions of both lists. */
export function mergeDropLists(first: RevisionsByDevice, second: RevisionsByDevice): RevisionsByDevice {
  const merged = new Map(first)
  for (const [deviceId, shas] of second) {
    merged.set(deviceId, new Set([...(merged.get(deviceId) ?? []), ...shas]))
  }
  return merged
}

function pathIn(repository: TenantRepository): string {
  return join(repository.gitDirectory, fileName)
}
