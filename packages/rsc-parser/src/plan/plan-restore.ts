import { type DetailedDiff, type DiffOptions, detailedDiff } from '../diff/diff-documents.js'
import { labelOf, type StateItem } from '../diff/state-item.js'
import type { RscDocument } from '../document/rsc-document.js'
import { collectOperations } from './collect-operations.js'
import { EffectLedger } from './effect-ledger.js'
import { ItemLocator } from './locate-items.js'
import type { Operation } from './operation.js'
import { orderOperations } from './order-operations.js'
import { type Anchor, ItemPlacer } from './place-items.js'
import { printScript } from './print-script.js'
import { Refusals } from './refusals.js'
import type { PlanStatement, RestorePlan, UnsupportedCode } from './restore-plan.js'
import { scriptArgument } from './script-text.js'

/** Options of {@link planRestore}. */
export type PlanOptions = DiffOptions

/**
 * Plans how to take a router that has `current` to `target`. The script looks everything up first and stops with
 * `:error`, nothing changed, on a router that is not as `current` says. Both documents must be exports of one device.
 * `planRestore(target, current)` is the way back. Pure and deterministic.
 */
export function planRestore(
  current: RscDocument,
  target: RscDocument,
  options: PlanOptions = {},
): RestorePlan {
  const diff = detailedDiff(current, target, options)
  return new Planner(diff).plan()
}

class Planner {
  readonly #diff: DetailedDiff
  readonly #locator: ItemLocator
  #refusals = new Refusals()
  readonly #statements: PlanStatement[] = []
  readonly #variables = new Map<string, string>()

  constructor(diff: DetailedDiff) {
    this.#diff = diff
    this.#locator = new ItemLocator(diff.fromState)
  }

  plan(): RestorePlan {
    const diff = this.#diff
    const collected = collectOperations(diff)
    this.#refusals = collected.refusals
    noteOtherStatements(diff, this.#refusals)
    const { operations, broken } = orderOperations(this.#locatable(collected.operations), collected.names)
    for (const operation of broken) this.#refuse('circular-reference', operation)
    const placer = new ItemPlacer(collected.menus)
    const ledger = new EffectLedger(diff.fromState)
    const anchored = operations.map((operation) =>
      operation.kind === 'add' || operation.kind === 'move'
        ? { operation, anchor: placer.place(operation.menu, operation.item) }
        : { operation, anchor: undefined },
    )
    const anchors = new Set(
      anchored.flatMap(({ operation, anchor }) =>
        anchor === undefined ? [] : [`${operation.menu}\n${anchor.ref}`],
      ),
    )
    for (const { operation, anchor } of anchored) {
      this.#state(operation, anchor, anchors.has(`${operation.menu}\n${operation.item}`), ledger)
    }
    const guard = this.#locator.lines
    return {
      diff: { changes: diff.changes, unknown: diff.unknown },
      guard,
      statements: this.#statements,
      script: this.#statements.length === 0 ? '' : printScript(guard, this.#statements),
      unsupported: this.#refusals.list,
      assumedDefaults: collected.assumedDefaults,
    }
  }

  /** Leaves out operations on items that cannot be found for sure; looks the others up. */
  #locatable(operations: readonly Operation[]): readonly Operation[] {
    return operations.filter((operation) => {
      if (operation.kind === 'add') {
        this.#expectFree(operation)
        return true
      }
      const item = operation.from ?? operation.to
      if (item === undefined || this.#locate(operation.menu, operation.item, item) !== undefined) return true
      this.#refuse('cannot-locate', operation)
      return false
    })
  }

  #expectFree({ menu, to }: Operation): void {
    if (to?.name === undefined || to.facts?.keys[0]?.[0] !== 'name') return
    const isThere = this.#diff.fromState.menus.get(menu)?.items.some((item) => item.name === to.name)
    if (!isThere) this.#locator.expectNone(menu, to.name)
  }

  #locate(menu: string, ref: string, item: StateItem): string | undefined {
    return this.#variables.get(`${menu}\n${ref}`) ?? this.#locator.locate(`${menu}\n${ref}`, item)?.text
  }

  #state(operation: Operation, anchor: Anchor | undefined, isAnchor: boolean, ledger: EffectLedger): void {
    const { menu, item, kind, changes, hazard } = operation
    const subject = operation.from ?? operation.to
    const anchorText = anchor === undefined ? undefined : this.#locate(menu, anchor.ref, anchor.item)
    const place = anchor === undefined || anchorText === undefined ? {} : { before: anchor.ref }
    const found = kind === 'add' || subject === undefined ? '' : (this.#locate(menu, item, subject) ?? '')
    const words = [menu, kind]
    if (found !== '') words.push(found)
    if (kind === 'add' || kind === 'set') {
      words.push(...[...operation.properties, ...operation.reset].map(scriptArgument))
      if (anchorText !== undefined) words.push(`place-before=${anchorText}`)
    }
    if (kind === 'move' && anchorText !== undefined) words.push(`destination=${anchorText}`)
    let text = words.join(' ')
    if (kind === 'add' && isAnchor) {
      const variable = `new${this.#variables.size + 1}`
      this.#variables.set(`${menu}\n${item}`, `$${variable}`)
      text = `:local ${variable} [${text}]`
    }
    const effect: PlanStatement['effect'] =
      kind === 'add'
        ? { kind, menu, item, properties: operation.properties, ...place }
        : kind === 'set'
          ? {
              kind,
              menu,
              item,
              properties: [
                ...operation.properties,
                ...operation.reset.filter((property) => property.name === 'name'),
              ],
              reset: operation.reset
                .filter((property) => property.name !== 'name')
                .map((property) => property.name),
              ...(subject?.item.selector === undefined ? {} : { selector: subject.item.selector }),
            }
          : kind === 'move'
            ? { kind, menu, item, ...place }
            : { kind, menu, item }
    this.#statements.push({
      index: this.#statements.length,
      menu,
      verb: kind,
      label: subject === undefined ? '' : labelOf(subject),
      changes,
      effect,
      inverse: ledger.record(effect),
      text,
      ...(hazard === undefined ? {} : { hazard }),
    })
  }

  #refuse(code: UnsupportedCode, operation: Operation): void {
    const [change] = operation.changes
    const about = change === undefined ? {} : { change }
    this.#refusals.refuseItem(code, operation.to ?? operation.from, about, {
      menu: operation.menu,
      label: '',
    })
  }
}

/** Commands and code in either document leave open what a router has after it. */
function noteOtherStatements(diff: DetailedDiff, refusals: Refusals): void {
  for (const { document } of [diff.fromState, diff.toState]) {
    for (const { menu, verb } of document.otherStatements) {
      refusals.refuseItem('not-configuration', undefined, {}, { menu, label: verb })
    }
  }
}
