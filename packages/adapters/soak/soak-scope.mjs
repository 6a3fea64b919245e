// The one tenant of the soak, its locks, and which revisions its retention keeps.
import { singleTenant } from '@tod/core'

export const soakScope = singleTenant('soak-tenant').scope

/** Killed processes leave locks behind: they are taken over soon, so that the soak goes on. */
export const soakLock = { waitMs: 20_000, staleAfterMs: 1_500, packedRefsStaleAfterMs: 1_500 }

/** Longer than any write of the soak takes. */
export const soakSpareMs = 6_000

/** Two of three revisions are kept. */
export function isKept(number) {
  return number % 3 !== 0
}
