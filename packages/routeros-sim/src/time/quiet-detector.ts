import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { hasThreadWork, watchThreadWork } from './thread-work.js'

/**
 * Names of requests that Node still works on (files, names, connects, writes), among those of handles and timers; while
 * one is open, somebody waits for work and not for time.
 */
const workRequest = /Req|^(?:Write|Shutdown|TCPConnect|PipeConnect)Wrap$/

/** Sockets that this process opened, by their two ports; one watch for all detectors. */
const clientSockets = new Map<string, Socket>()
let isWatchingClients = false

function watchClients(): void {
  if (isWatchingClients) return
  isWatchingClients = true
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket?: Socket }
    socket?.once('connect', () => {
      const key = `${socket.localPort}>${socket.remotePort}`
      clientSockets.set(key, socket)
      socket.once('close', () => clientSockets.delete(key))
    })
  })
}

/**
 * Tells when nothing but the clock can make anything happen: no byte is between two sockets of this process, no file,
 * name or connect request is open, and for some turns the event loop has had no event.
 *
 * A client in another process is seen only through its bytes; hold the clock while such a party works.
 */
export class QuietDetector {
  private readonly pairs = new Set<{ readonly server: Socket; isStalled(): boolean }>()

  /** Starts watching the sockets that this process opens from now on. */
  constructor() {
    watchClients()
    watchThreadWork()
  }

  /** Watches an accepted socket. While `isStalled` says so, bytes that lie in it are not in flight: nobody takes them. */
  watch(server: Socket, isStalled: () => boolean): void {
    const pair = { server, isStalled }
    this.pairs.add(pair)
    server.once('close', () => this.pairs.delete(pair))
  }

  /** Number that changes with every event the loop handles. */
  eventCount(): number {
    return performance.nodeTiming.uvMetricsInfo.events
  }

  /** True while a byte is in flight, a request is open or a thread works. */
  isBusy(): boolean {
    for (const { server, isStalled } of this.pairs) {
      if (isStalled()) continue
      if (server.writableLength > 0) return true
      const client = clientSockets.get(`${server.remotePort}>${server.localPort}`)
      if (client === undefined || client.destroyed || server.destroyed) continue
      if (client.bytesWritten !== server.bytesRead || server.bytesWritten !== client.bytesRead) return true
    }
    return hasThreadWork() || process.getActiveResourcesInfo().some((name) => workRequest.test(name))
  }
}
