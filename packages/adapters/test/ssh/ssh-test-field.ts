import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { DeviceConnection, DeviceTarget } from '@tod/core'
import { afterEach } from 'vitest'
import { SshTransport } from '../../src/ssh/index.js'
import { type SshTestServer, type SshTestServerOptions, startSshServer } from './ssh-test-server.js'

/** The transport under test. */
export const transport = new SshTransport()

/** What a test started, to be ended after it. */
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** Starts a server that ends with the test. */
export async function serve(options?: SshTestServerOptions): Promise<SshTestServer> {
  const server = await startSshServer(options)
  endings.push(() => server.stop())
  return server
}

/** A peer that is no SSH server: does with each connection what the test says. */
export async function servePlain(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = []
  const server: Server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endings.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
  return (server.address() as AddressInfo).port
}

/** A device at a loopback port. */
export function target(port: number, changes: Partial<DeviceTarget> = {}): DeviceTarget {
  return {
    deviceId: 'router-1',
    host: '127.0.0.1',
    port,
    credentials: { username: 'admin', password: 'secret' },
    verifyHostKey: async () => {},
    ...changes,
  }
}

/** Connects; the connection ends with the test. */
export async function connect(port: number, changes: Partial<DeviceTarget> = {}): Promise<DeviceConnection> {
  const connection = await transport.connect(target(port, changes))
  endings.push(() => connection.close())
  return connection
}

/** A promise that the test settles. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
