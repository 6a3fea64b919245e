import { createServer, type RequestListener, type Server } from 'node:http'

export interface ListenOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Fail when the port is taken, instead of trying the ones after it. */
  readonly isStrict: boolean
}

/** Ports tried after the first. */
const portsTried = 50

function tryListen(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening)
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    }
    const onListening = () => {
      server.off('error', onError)
      resolve(true)
    }
    server.once('error', onError).once('listening', onListening).listen(port, host)
  })
}

/** Listens on the port asked for or on the next free one. The caller tells people when it is another one. */
export async function listen(
  handler: RequestListener,
  { host, port, isStrict }: ListenOptions,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(handler)
  const last = isStrict || port === 0 ? port : Math.min(65_535, port + portsTried)
  for (let candidate = port; candidate <= last; candidate++) {
    if (await tryListen(server, host, candidate)) {
      const address = server.address()
      return { server, port: typeof address === 'object' && address !== null ? address.port : candidate }
    }
  }
  throw new TypeError(`Port ${port} on ${host} is in use.`)
}
