import type { SessionContext } from '../engine.js'
import { checkSource } from '../language/check-statements.js'
import { ReturnSignal } from '../language/execution.js'
import { runStatements } from '../language/interpreter.js'
import { RouterError } from '../language/router-error.js'
import type { RouterCore } from '../router-core.js'

/** What a job is to run. */
export interface JobRequest {
  /** Name of the script, '' for code without one. */
  readonly name: string
  readonly source: string
  readonly user: string
  readonly policies: ReadonlySet<string>
  /** Name of the scheduler entry, for the log. */
  readonly scheduler?: string
  readonly keepOutput?: boolean
}

/** A job that runs, or waits in a `:delay`. */
export interface Job {
  readonly id: string
  readonly request: JobRequest
  readonly startedMs: number
  /** Resolves with the output when the job ended, however. */
  readonly done: Promise<string>
  cancel(): void
}

/** Jobs that run apart from any session (`/system script job`): `:execute`, the scheduler, scripts. */
export class JobTable {
  readonly running = new Map<string, Job>()
  /** How often each script has run since the boot. */
  readonly runCounts = new Map<string, number>()
  readonly #router: RouterCore
  readonly #names = new Map<number, string>()
  #next = 1
  /** Ids of the sessions that jobs run in lie far from those of clients. */
  #session = 1_000_000

  constructor(router: RouterCore) {
    this.#router = router
  }

  start(request: JobRequest): Job {
    const id = `*${(this.#next++).toString(16).toUpperCase()}`
    const abort = new AbortController()
    let output = ''
    const session: SessionContext = {
      id: this.#session++,
      kind: 'script',
      user: request.user,
      width: 80,
      height: 0,
      colors: false,
      signal: abort.signal,
      menu: '',
      write: (text) => {
        if (request.keepOutput === true) output += text
      },
    }
    this.#names.set(session.id, request.name)
    if (request.name !== '') this.countRun(request.name)
    const done = this.#run(request, session).then(
      () => output,
      () => output,
    )
    const job: Job = {
      id,
      request,
      startedMs: this.#router.host.clock.localMs(),
      done: done.finally(() => {
        this.running.delete(id)
        this.#names.delete(session.id)
      }),
      cancel: () => {
        this.running.delete(id)
        abort.abort()
      },
    }
    this.running.set(id, job)
    return job
  }

  async #run(request: JobRequest, session: SessionContext): Promise<void> {
    await Promise.resolve()
    const router = this.#router
    const execution = router.execution(session, request.source, {
      policies: request.policies,
      inScript: true,
    })
    try {
      checkSource(execution.source, execution)
      await runStatements(execution.source.tree.statements(), execution)
    } catch (error) {
      if (error instanceof ReturnSignal || session.signal.aborted) return
      if (!(error instanceof RouterError)) throw error
      const where = error.origin === undefined ? '' : ` (${error.origin.command}; line ${error.origin.line})`
      if (request.scheduler !== undefined) {
        if (request.name !== '') router.log('script,error', `executing script ${request.name}`)
        router.log('script,error', `(scheduler:${request.scheduler}) ${error.message}${where}`)
      } else router.log('script,error', `${error.message}${where}`)
    }
  }

  /** Name of the script that runs in a job's session; '' for other sessions. */
  nameOf(sessionId: number): string {
    return this.#names.get(sessionId) ?? ''
  }

  /** Notes a run of a script, whoever started it. */
  countRun(script: string): void {
    this.runCounts.set(script, (this.runCounts.get(script) ?? 0) + 1)
  }

  /** Everything that ran is gone: the router goes down. */
  clear(): void {
    this.runCounts.clear()
    for (const job of [...this.running.values()]) job.cancel()
    this.running.clear()
  }
}
