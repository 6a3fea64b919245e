import type { SimulatedRouter } from '@tod/routeros-sim'

/** Runs a command line on a router as a person at its console would, over no connection. */
export function typeOnRouter(router: SimulatedRouter, command: string): Promise<unknown> {
  return router.engine.run(command, {
    id: 0,
    kind: 'script',
    user: 'admin',
    width: 80,
    height: 0,
    colors: false,
    signal: new AbortController().signal,
    menu: '',
    write: () => {},
  })
}
