import type { EngineOptions, SessionContext } from '../../src/engine.js'
import { prepareEngine } from '../../src/prepare-engine.js'
import type { RouterOptions } from '../../src/router/router-options.js'
import { SimulatedRouter } from '../../src/router/simulated-router.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'

/** A router without network for tests of the engine: commands go straight in, time moves when told. */
export interface TestRouter {
  readonly router: SimulatedRouter
  readonly clock: VirtualClock
  /** Runs a line as an exec session of that user does; the answer with LF line ends. */
  run(command: string, session?: Partial<SessionContext>): Promise<string>
  /** Puts a file and imports it. */
  importText(text: string): Promise<string>
}

/** Starts a router on a virtual clock. */
export async function testRouter(options: EngineOptions & RouterOptions = {}): Promise<TestRouter> {
  const clock = new VirtualClock()
  const all = { ...options, listeners: [] }
  const router = new SimulatedRouter('router', clock, prepareEngine(all), all)
  await router.start()
  const run = async (command: string, session: Partial<SessionContext> = {}): Promise<string> => {
    let answer = ''
    await router.engine.run(command, {
      id: router.nextSessionId(),
      kind: 'exec',
      user: 'admin',
      width: 80,
      height: 0,
      colors: false,
      signal: new AbortController().signal,
      menu: '',
      write: (text) => {
        answer += text
      },
      ...session,
    })
    return answer
  }
  return {
    router,
    clock,
    run,
    importText: async (text) => {
      await router.files.write('test.rsc', Buffer.from(text, 'latin1'))
      return run('/import file-name=test.rsc')
    },
  }
}
