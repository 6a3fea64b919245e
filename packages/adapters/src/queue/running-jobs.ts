import type { TakenJob } from './job-table.js'

interface Running {
  readonly taken: TakenJob
  readonly controller: AbortController
  readonly ended: Promise<void>
}

/** The jobs that this process works on. */
export class RunningJobs {
  readonly #running = new Map<string, Running>()

  get size(): number {
    return this.#running.size
  }

  /** Starts work on a job; the work must not reject. */
  start(taken: TakenJob, work: (signal: AbortSignal) => Promise<void>): void {
    const controller = new AbortController()
    const ended = work(controller.signal).finally(() => this.#running.delete(taken.id))
    this.#running.set(taken.id, { taken, controller, ended })
  }

  /** True when one of this id is being worked on. */
  has(id: string): boolean {
    return this.#running.has(id)
  }

  /** How many there are of a tenant. */
  countOf(tenantId: string): number {
    return this.all().filter((taken) => taken.job.tenantId === tenantId).length
  }

  /** Tenants that have `most` or more. */
  tenantsWith(most: number): readonly string[] {
    const tenants = new Set(this.all().map((taken) => taken.job.tenantId))
    return [...tenants].filter((tenantId) => this.countOf(tenantId) >= most)
  }

  all(): readonly TakenJob[] {
    return [...this.#running.values()].map((running) => running.taken)
  }

  /** Fires the signals of those that are not in `except`. */
  abort(reason: Error, except: ReadonlySet<string> = new Set()): void {
    for (const [id, running] of this.#running) if (!except.has(id)) running.controller.abort(reason)
  }

  /** Resolves when all that run now have ended. */
  async allEnded(): Promise<void> {
    await Promise.all([...this.#running.values()].map((running) => running.ended))
  }
}
