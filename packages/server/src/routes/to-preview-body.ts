import type { LockoutReport, Preview } from '@tod/core'
import type { z } from 'zod'
import type { previewAnswer } from '../schemas/answers.js'
import type { lockoutPart } from '../schemas/push-parts.js'

/** The verdict in the words of the wire. */
export const toLockoutBody = (report: LockoutReport | null): z.output<typeof lockoutPart> | null =>
  report === null
    ? null
    : {
        verdict: report.verdict === 'cannot-tell' ? 'at-risk' : report.verdict,
        trace: [...report.trace],
      }

const toSourceBody = (source: Preview['source']): z.output<typeof previewAnswer>['source'] =>
  source.kind === 'live'
    ? { kind: 'live' }
    : { kind: 'backup', commit_sha: source.commitSha, because: source.because }

/** A preview in the wire's names: the fixed shape first, then what is ours. */
export const toPreviewBody = (preview: Preview): z.output<typeof previewAnswer> => ({
  diff: preview.impact.diff,
  categories: [...preview.impact.categories],
  warnings: [...preview.impact.warnings],
  validation: { valid: preview.validation.valid, errors: [...preview.validation.errors] },
  source: toSourceBody(preview.source),
  changes: preview.changes.map(({ menu, kind, label, properties }) => ({
    path: menu,
    kind,
    item: label,
    properties: [...properties],
  })),
  lockout: toLockoutBody(preview.lockout),
  plan: preview.plan,
  plan_hash: preview.planHash,
  unsupported: preview.unsupported.map(({ code, menu, label, property, reason }) => ({
    code,
    path: menu,
    item: label,
    property: property ?? null,
    reason,
  })),
})
