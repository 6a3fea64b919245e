import type { FaultSpec } from '@tod/routeros-sim'
import { afterAll, describe, expect, it } from 'vitest'
import { runFaultCell } from './fault-cell.js'

const names = ['drop', 'stall', 'half-open', 'kill', 'reboot'] as const
const moments: readonly Pick<FaultSpec, 'on' | 'nth'>[] = [
  ...Array.from({ length: 38 }, (_, index) => ({ on: 'command', nth: index + 1 }) as const),
  ...Array.from({ length: 38 }, (_, index) => ({ on: 'command-end', nth: index + 1 }) as const),
  ...Array.from({ length: 4 }, (_, index) => ({ on: 'transfer', nth: index + 1 }) as const),
  ...Array.from({ length: 11 }, (_, index) => ({ on: 'import-line', nth: index + 1 }) as const),
  ...Array.from({ length: 2 }, (_, index) => ({ on: 'scheduler-add', nth: index + 1 }) as const),
  ...Array.from({ length: 2 }, (_, index) => ({ on: 'backup-save', nth: index + 1 }) as const),
]
const all: readonly FaultSpec[] = names.flatMap((name) => moments.map((moment) => ({ name, ...moment })))

/** Every cell with FULL=1, else 16 that the seed draws; SEED=n repeats a run. */
const seed = Number(process.env.SEED ?? 20_260_105)
const cells = process.env.FULL === '1' ? all : draw(all, 16, seed)

function draw<T>(from: readonly T[], count: number, start: number): readonly T[] {
  let state = start | 1
  const left = [...from]
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return left.splice((state >>> 8) % left.length, 1)[0] as T
  })
}

describe(`a fault in the middle of a restore (seed ${seed})`, () => {
  const lines: string[] = []
  afterAll(() => {
    if (process.env.FULL === '1') console.log(lines.join('\n'))
  })

  it.each(cells.map((fault) => [`${fault.name} at ${fault.on} ${fault.nth}`, fault] as const))(
    'breaks no promise: %s',
    { timeout: 120_000 },
    async (name, fault) => {
      const outcome = await runFaultCell({ faults: [fault] })

      const { answer, state, configuration, boots, seconds, recoveryPasses } = outcome
      lines.push(
        `${name}: ${answer} > ${state}, ${configuration}, boots ${boots}, ${seconds} s, passes ${recoveryPasses}`,
      )
      expect(outcome.violations).toEqual([])
    },
  )
})
