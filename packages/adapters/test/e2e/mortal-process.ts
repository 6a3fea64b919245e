import type { Clock, DeviceConnection, DeviceTransport, PushJournal, PushState } from '@tod/core'

/** When a process dies: around the journal entry of a state. */
export interface Death {
  readonly moment: 'before' | 'after'
  readonly state: PushState
  /** The nth entry of that state; default 1. */
  readonly nth?: number
}

/** Ports of a process that can be killed: from then on nothing it waits for ever comes, and its connections are cut. */
export class MortalProcess {
  isDead = false
  private readonly connections = new Set<DeviceConnection>()
  private seen = 0

  constructor(private readonly death: Death) {}

  /** Kills it. */
  die(): void {
    this.isDead = true
    for (const connection of this.connections) void connection.close()
  }

  clock(inner: Clock): Clock {
    return {
      now: () => inner.now(),
      monotonicMs: () => inner.monotonicMs(),
      sleep: (ms, options) => this.alive(() => inner.sleep(ms, options)),
    }
  }

  transport(inner: DeviceTransport): DeviceTransport {
    return {
      connect: (target, options) =>
        this.alive(async () => {
          const connection = await inner.connect(target, options)
          this.connections.add(connection)
          return connection
        }),
    }
  }

  journal(inner: PushJournal): PushJournal {
    return {
      open: (...args) => this.around('locked', () => inner.open(...args)),
      append: (scope, id, step, token) => this.around(step.state, () => inner.append(scope, id, step, token)),
      find: (...args) => this.alive(() => inner.find(...args)),
      list: (...args) => this.alive(() => inner.list(...args)),
      listOpen: (...args) => this.alive(() => inner.listOpen(...args)),
    }
  }

  /** Every other port: nothing comes back after death. */
  wrap<Port extends object>(inner: Port): Port {
    return new Proxy(inner, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) => {
          if (this.isDead) return never()
          const result: unknown = Reflect.apply(value, target, args)
          return result instanceof Promise ? this.alive(() => result) : result
        }
      },
    })
  }

  private async around<T>(state: PushState, write: () => Promise<T>): Promise<T> {
    const isTheOne = state === this.death.state && ++this.seen === (this.death.nth ?? 1)
    if (isTheOne && this.death.moment === 'before') this.die()
    const written = await this.alive(write)
    if (isTheOne) this.die()
    return this.isDead ? never() : written
  }

  private async alive<T>(work: () => Promise<T>): Promise<T> {
    if (this.isDead) return never()
    try {
      const result = await work()
      return this.isDead ? await never<T>() : result
    } catch (error) {
      if (this.isDead) return never()
      throw error
    }
  }
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => {})
}
