import type { Socket } from 'node:net'

/** Connections on which nothing is ever said: a router drops their packets, this machine took the connection. */
export class SilentSockets {
  private readonly sockets = new Set<Socket>()

  /** Takes a socket and lets everything it says vanish. */
  add(socket: Socket): void {
    this.sockets.add(socket)
    socket.on('error', () => {})
    socket.resume()
    socket.once('close', () => this.sockets.delete(socket))
    socket.once('end', () => socket.destroy())
  }

  /** Ends all of them. */
  destroy(): void {
    for (const socket of this.sockets) socket.destroy()
  }
}
