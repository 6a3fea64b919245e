import { utf8Bytes } from '../digest/sha256.js'
import type { RevisionMeta } from '../model/revision.js'

/** Bytes of `meta.json`, before sealing. Equal facts give equal bytes. */
export function printMeta(meta: RevisionMeta): Uint8Array {
  return utf8Bytes(`${JSON.stringify(meta)}\n`)
}

/** Reads `meta.json`; undefined when it is not ours. */
export function parseMeta(content: Uint8Array): RevisionMeta | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content))
    return isMeta(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isMeta(value: unknown): value is RevisionMeta {
  if (typeof value !== 'object' || value === null) return false
  const meta = value as Partial<RevisionMeta>
  return (
    meta.format === 1 &&
    typeof meta.runId === 'string' &&
    typeof meta.trigger === 'string' &&
    typeof meta.createdAt === 'number' &&
    typeof meta.export?.sha256 === 'string' &&
    typeof meta.significantSha256 === 'string'
  )
}
