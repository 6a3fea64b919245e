import { type Change, diffDocuments, type UnknownValue } from '@tod/rsc-parser'
import type { ReadExport } from '../export/read-export.js'
import type { ResidualChange } from '../model/push-operation.js'
import type { SecretsVariant } from '../model/revision.js'
import { toResidual } from './describe-change.js'
import { secretsOf } from './mask-secrets.js'

/** An export with what is known about how it was taken. */
export interface ComparableExport extends Pick<ReadExport, 'document' | 'significant'> {
  /** Undefined: judged by content. */
  readonly secrets?: SecretsVariant | undefined
  readonly incompleteMenus?: readonly string[] | undefined
}

/** What differs between two exports by meaning, menus that one of them could not show left out. */
export interface MeaningDifference {
  readonly changes: readonly Change[]
  /** Secrets that one side does not carry, so that nothing is said about them. */
  readonly unknown: readonly UnknownValue[]
  /** Masked, for reports. */
  readonly residual: readonly ResidualChange[]
}

/** Compares two exports of one device by meaning. Equal texts are not compared further. */
export function compareMeaning(from: ComparableExport, to: ComparableExport): MeaningDifference {
  if (from.significant === to.significant) return { changes: [], unknown: [], residual: [] }
  const hidden = new Set([...(from.incompleteMenus ?? []), ...(to.incompleteMenus ?? [])])
  const diff = diffDocuments(from.document, to.document, { secrets: secretsOption(from, to) })
  const changes = diff.changes.filter((change) => !hidden.has(change.menu))
  const secrets = changes.length === 0 ? [] : secretsOf([from.document, to.document])
  return { changes, unknown: diff.unknown, residual: changes.map((change) => toResidual(change, secrets)) }
}

/** What the parser has to know about the secrets of both sides. */
export function secretsOption(
  from: ComparableExport,
  to: ComparableExport,
): { from: 'shown' | 'hidden' | 'auto'; to: 'shown' | 'hidden' | 'auto' } {
  const visibility = (side: ComparableExport) =>
    side.secrets === undefined ? 'auto' : side.secrets === 'included' ? 'shown' : 'hidden'
  return { from: visibility(from), to: visibility(to) }
}
