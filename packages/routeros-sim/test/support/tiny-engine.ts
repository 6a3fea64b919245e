import type {
  AdmitVerdict,
  ConnectionFacts,
  Credential,
  LoginVerdict,
  PrepareEngine,
  RouterEngine,
  RouterHost,
  SessionContext,
} from '../../src/engine.js'

/**
 * A stand-in for the engine in tests of the front alone: a handful of words that show what the front does with
 * sessions, time and files. `say TEXT`, `wait MS`, `flood BYTES`, `restart`, `ask QUESTION`, `save NAME`.
 */
export class TinyEngine implements RouterEngine {
  readonly events: string[] = []
  verdict: AdmitVerdict = { verdict: 'accept', because: 'test' }
  safe: number | undefined

  constructor(
    readonly host: RouterHost,
    private readonly password: string,
    private readonly versionText: string,
  ) {}

  async run(line: string, session: SessionContext) {
    const space = line.indexOf(' ')
    const [word, rest] = space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)]
    try {
      if (word === 'say') session.write(`${rest}\n`)
      else if (word === 'wait') await this.host.clock.sleep(Number(rest), { signal: session.signal })
      else if (word === 'flood' || word === '/export') {
        for (let left = Number(rest); left > 0; left -= 1000) {
          session.write(`${'x'.repeat(Math.min(left, 1000) - 1)}\n`)
          await session.drain?.()
        }
      } else if (word === 'restart') {
        session.write('restarting\n')
        this.host.reboot('reboot')
      } else if (word === 'ask') session.write(`got ${await session.ask?.(`${rest}: `)}\n`)
      else if (word === 'save') await this.host.files.write(rest, Buffer.from('saved'))
      else if (word === 'quit') return { failed: false, quit: true }
      else {
        session.write(`bad command name ${word} (line 1 column 1)\n`)
        return { failed: true }
      }
    } catch (error) {
      this.events.push(`stopped ${word}`)
      session.write('interrupted\n')
      return { failed: true, error }
    }
    this.events.push(`ran ${line}`)
    return { failed: false }
  }
  continuation(line: string) {
    return line.endsWith('{') ? ('brace' as const) : ('complete' as const)
  }
  identity() {
    return 'MikroTik'
  }
  version() {
    return this.versionText
  }
  sshPort() {
    return 22
  }
  loginNote() {
    return ''
  }
  checkLogin(_user: string, credential: Credential): LoginVerdict {
    if (credential.kind === 'password' && credential.password === this.password) return { ok: true }
    return { ok: false, because: 'wrong', allowed: ['password', 'publickey'] }
  }
  hasPolicy() {
    return true
  }
  admits(_connection: ConnectionFacts) {
    return this.verdict
  }
  takeSafeMode(session: SessionContext) {
    this.safe = session.id
    return { outcome: 'taken' as const }
  }
  hijackSafeMode() {}
  releaseSafeMode() {
    this.safe = undefined
  }
  unrollSafeMode() {
    this.events.push('unrolled')
    this.safe = undefined
  }
  hasSafeMode(session: SessionContext) {
    return this.safe === session.id
  }
  sessionOpened(session: SessionContext) {
    this.events.push(`opened ${session.kind} ${session.user}`)
  }
  sessionClosed(session: SessionContext, how: string) {
    this.events.push(`closed ${session.kind} ${how}`)
  }
  fileUploaded(name: string) {
    this.events.push(`uploaded ${name}`)
  }
  boot(reason: string) {
    this.events.push(`boot ${reason}`)
  }
  shutdown() {
    this.events.push('shutdown')
  }
  log(_topics: string, message: string) {
    this.events.push(message)
  }
  inspect = {
    exportText: () => '',
    significantText: () => '',
    schedulers: () => [],
    jobs: () => [],
    logLines: () => [],
    items: () => [],
  }
}

/** Makes tiny engines; `made` holds them in the order of their making. */
export function tinyEngines(password = 'secret'): { prepare: PrepareEngine; made: TinyEngine[] } {
  const made: TinyEngine[] = []
  return {
    made,
    prepare: (options) => (host) => {
      const engine = new TinyEngine(host, password, options.version ?? '7.16.1')
      made.push(engine)
      return engine
    },
  }
}
