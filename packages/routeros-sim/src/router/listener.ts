import { createServer, type Server, type Socket } from 'node:net'
import type { ConnectionFacts } from '../engine.js'
import type { ListenerOptions } from './router-options.js'

/** One open port that stands for a way to a router. */
export class Listener {
  private readonly server: Server
  private onSocket: (socket: Socket) => void = () => {}
  private boundPort = 0
  private sshPort: number | undefined

  constructor(
    readonly name: string,
    private readonly options: ListenerOptions,
  ) {
    this.server = createServer({ noDelay: true }, (socket) => this.onSocket(socket))
  }

  get host(): string {
    return this.options.host ?? '127.0.0.1'
  }

  get port(): number {
    return this.boundPort
  }

  /** Starts to listen. Rejects when the port is taken. */
  open(onSocket: (socket: Socket) => void): Promise<void> {
    this.onSocket = onSocket
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(this.options.port ?? 0, this.host, () => {
        const address = this.server.address()
        if (typeof address === 'object' && address !== null) this.boundPort = address.port
        resolve()
      })
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()))
  }

  /** What the router's firewall sees of a connection through here. */
  facts(sshPort: () => number): Omit<ConnectionFacts, 'state'> {
    this.sshPort ??= this.options.destinationPort ?? sshPort()
    const { sourceAddress, destinationAddress, ingressInterface, vlanId } = this.options
    return {
      protocol: 'tcp',
      destinationPort: this.sshPort,
      ...(sourceAddress === undefined ? {} : { sourceAddress }),
      ...(destinationAddress === undefined ? {} : { destinationAddress }),
      ...(ingressInterface === undefined ? {} : { ingressInterface }),
      ...(vlanId === undefined ? {} : { vlanId }),
    }
  }
}
