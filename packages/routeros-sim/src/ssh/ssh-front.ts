import type { Socket } from 'node:net'
import ssh2, { type Connection, type Server } from 'ssh2'
import type { RouterEngine } from '../engine.js'
import { algorithmSetOf, algorithmsOf } from './algorithms.js'
import { derivedEd25519Key, type HostKey, pooledRsaKey, readHostKey } from './host-key.js'
import type { RouterConnection } from './router-connection.js'
import type { SshOptions } from './ssh-options.js'

/** RouterOS names itself so, never with a version. */
const ident = 'ROSSSH'

/** The library would ask idle clients every 15 s whether they are there; RouterOS does not. Longest timer, ms. */
const never = 2 ** 31 - 1

/** A router's SSH server over sockets that its listeners accepted. Made when the first client comes. */
export class SshFront {
  private server: Server | undefined
  private settings = ''
  private key: HostKey | undefined
  private keyNumber: number
  private readonly waiting = new WeakMap<Socket, RouterConnection>()

  constructor(
    private readonly routerName: string,
    private readonly options: SshOptions,
    private readonly engine: () => RouterEngine,
  ) {
    this.keyNumber = options.hostKeyNumber ?? 0
  }

  /** Speaks SSH on the socket for the connection. */
  serve(socket: Socket, connection: RouterConnection): void {
    this.followSettings()
    this.server ??= this.makeServer()
    this.waiting.set(socket, connection)
    this.server.injectSocket(socket)
  }

  hostKey(): HostKey {
    this.followSettings()
    this.key ??= this.makeKey()
    return this.key
  }

  /** A new key, as after `/ip ssh regenerate-host-key` or a replaced device. */
  changeHostKey(): void {
    this.keyNumber++
    this.key = undefined
    this.server = undefined
  }

  /** `/ip ssh` may have changed since the last client came. */
  private followSettings(): void {
    const settings = `${this.configured('host-key-type')} ${this.configured('strong-crypto')}`
    if (settings === this.settings) return
    this.settings = settings
    this.key = undefined
    this.server = undefined
  }

  private configured(property: string): string | undefined {
    return this.engine().inspect.items('ip ssh')[0]?.[property]
  }

  private makeServer(): Server {
    const { algorithms } = this.options
    const server = new ssh2.Server({
      ident,
      keepaliveInterval: never,
      hostKeys: [this.hostKey().privateKey],
      algorithms: algorithmsOf(
        algorithms ?? algorithmSetOf(this.engine().version()),
        this.configured('strong-crypto') === 'yes',
      ),
    })
    server.on('connection', (client: Connection) => {
      const socket: unknown = Reflect.get(client, '_sock')
      const connection = this.waiting.get(socket as Socket)
      if (connection === undefined) client.end()
      else connection.serve(client)
    })
    server.on('error', () => {})
    return server
  }

  private makeKey(): HostKey {
    if (this.options.hostKeyPem !== undefined && this.keyNumber === (this.options.hostKeyNumber ?? 0)) {
      return readHostKey(this.options.hostKeyPem)
    }
    const type =
      this.options.hostKeyType ?? (this.configured('host-key-type') === 'ed25519' ? 'ed25519' : 'rsa')
    return type === 'rsa'
      ? pooledRsaKey(this.keyNumber)
      : derivedEd25519Key(`${this.routerName}/${this.keyNumber}`)
  }
}
