import { describe, expect, it } from 'vitest'
import type { PlanState, RscDocument } from '../../src/index.js'
import {
  applyEffect,
  applyStatement,
  buildDocument,
  diffDocuments,
  planRestore,
  startPlan,
} from '../../src/index.js'
import { provePlan } from './prove-plan.js'
import { Random, randomConfig, randomEdit, renderConfig } from './random-config.js'
import { ReferenceRouter } from './reference-router.js'

/** The full run of 10,000 sequences is `fuzz/plan.ts`; these seeds are its first ones. */
const seeds = Array.from({ length: 60 }, (_, at) => at + 1)

/** Consecutive states of one random edit sequence. */
function states(seed: number): readonly RscDocument[] {
  const random = new Random(seed)
  const config = randomConfig(random, 5 + random.below(60))
  const documents = [buildDocument(renderConfig(config))]
  for (let step = 0; step < 4; step++) {
    for (let edits = 1 + random.below(8); edits > 0; edits--) randomEdit(random, config)
    documents.push(buildDocument(renderConfig(config)))
  }
  return documents
}

function pairs(seed: number): readonly (readonly [RscDocument, RscDocument])[] {
  const all = states(seed)
  return all.slice(1).flatMap((next, at) => {
    const last = all[at] as RscDocument
    return [[last, next] as const, [next, last] as const]
  })
}

describe('plans over random edits', () => {
  it('take each state to the next and back, with nothing removed that stays', () => {
    for (const seed of seeds) {
      for (const [current, target] of pairs(seed)) {
        const proof = provePlan(current, target)
        expect(proof.differences, `seed ${seed}`).toEqual([])
        expect(proof.emptied, `seed ${seed}`).toBe(0)
        expect(proof.removedUnchanged, `seed ${seed}`).toBe(0)
      }
    }
  })

  it('say the same as data as they do as text, forwards and backwards', () => {
    for (const seed of seeds) {
      for (const [current, target] of pairs(seed)) {
        const plan = planRestore(current, target)
        const skipped = new Set(plan.unsupported.map((each) => each.menu))
        const start = startPlan(current)
        const end = plan.statements.reduce<PlanState>(applyStatement, start)
        const back = [...plan.statements]
          .reverse()
          .reduce((state, { inverse }) => applyEffect(state, inverse), end)

        const left = diffDocuments(end.document, target).changes.filter((change) => !skipped.has(change.menu))
        expect(
          left.map((change) => [change.kind, change.menu, change.label]),
          `seed ${seed}`,
        ).toEqual([])
        expect(
          diffDocuments(back.document, current).changes.map((change) => [
            change.kind,
            change.menu,
            change.label,
          ]),
          `seed ${seed}`,
        ).toEqual([])
      }
    }
  })

  it('have no line to spare: leaving out any one shows on the reference router', () => {
    let tried = 0
    for (const [current, target] of seeds.slice(0, 12).flatMap(pairs)) {
      const plan = planRestore(current, target)
      const wanted = JSON.stringify([...new ReferenceRouter(target, current).summary()])
      for (const { text } of plan.statements) {
        const router = new ReferenceRouter(current, target)
        let isSame = false
        try {
          router.run(plan.script.replace(`${text}\n`, ''))
          isSame = JSON.stringify([...router.summary()]) === wanted
        } catch {
          // A later line missed what the line would have made.
        }
        expect(isSame, text).toBe(false)
        tried++
      }
    }
    expect(tried).toBeGreaterThan(100)
  })
})
