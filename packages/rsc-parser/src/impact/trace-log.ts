import { type Assignment, type Condition, NEVER } from './condition-space.js'
import type { ViewItem } from './device-view.js'
import type { PathStage, TraceStep } from './management-path.js'
import type { PacketSpace } from './packet-space.js'

interface LoggedStep {
  readonly when: Condition
  readonly stage: PathStage
  readonly effect: TraceStep['effect']
  readonly text: string
  readonly item: ViewItem | undefined
}

/** What happened to packets and under which condition; a trace is what of it happened to one packet. */
export class TraceLog {
  readonly #steps: LoggedStep[] = []

  add(when: Condition, stage: PathStage, effect: TraceStep['effect'], text: string, item?: ViewItem): void {
    if (when !== NEVER) this.#steps.push({ when, stage, effect, text, item })
  }

  /** A packet among those of a condition that gets to the last stage that refuses any of them. */
  deepest(refused: Condition, { conditions }: PacketSpace): Assignment {
    const refusing = this.#steps.filter(
      (step) => step.effect === 'refuses' && conditions.and(refused, step.when) !== NEVER,
    )
    const last = refusing.at(-1)
    const step = refusing.find((each) => each.stage === last?.stage)
    const here = step === undefined ? refused : conditions.and(refused, step.when)
    return conditions.solve(here) ?? new Map()
  }

  /** The steps of one packet in order, up to and including what refused it. */
  traceOf(assignment: Assignment, space: PacketSpace): readonly TraceStep[] {
    const trace: TraceStep[] = []
    for (const step of this.#steps) {
      if (!space.conditions.holds(step.when, assignment)) continue
      const unknowns = space.conditions
        .support(step.when)
        .filter((index) => !space.isPacketVariable(index))
        .map((index) => space.conditions.variableName(index))
      trace.push({
        stage: step.stage,
        effect: step.effect,
        text: step.text,
        ...(step.item === undefined ? {} : { menu: step.item.menu }),
        ...(step.item === undefined || step.item.line === 0 ? {} : { line: step.item.line }),
        unknowns: unknowns.slice(0, 8),
      })
      if (step.effect === 'refuses') break
    }
    return trace
  }
}
