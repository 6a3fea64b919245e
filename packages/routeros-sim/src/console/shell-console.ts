import type { SessionContext } from '../engine.js'
import type { ChannelOutput } from '../ssh/channel-output.js'
import type { ConnectionHost } from '../ssh/connection-host.js'
import type { ConsoleScreen } from './console-screen.js'
import type { KeyQueue } from './key-queue.js'
import type { Key } from './key-reader.js'
import { LineEditor } from './line-editor.js'
import { readAnswer } from './login-screens.js'
import { isPaged, showPages } from './pager.js'
import { continuationPrompts, promptText } from './prompt.js'

/** What one reading of the keyboard came to. */
type Entered = { readonly kind: 'line'; readonly line: string } | { readonly kind: 'left' | 'gone' }

/** The interactive console after login: prompt, line editing, continuation lines, safe mode keys, running, paging. */
export class ShellConsole {
  private readonly editor = new LineEditor()
  private running = new AbortController()
  private isRunning = false
  private pages: string | undefined
  private prompt = ''
  private isContinued = false

  constructor(
    private readonly host: ConnectionHost,
    private readonly session: SessionContext,
    private readonly output: ChannelOutput,
    private readonly screen: ConsoleScreen,
    private readonly keys: KeyQueue,
  ) {}

  /** Fires when the running command is to stop. */
  get signal(): AbortSignal {
    return AbortSignal.any([this.running.signal, this.host.lost])
  }

  /** Output of the running command: shown at once, or kept for paging. */
  write(text: string): void {
    if (this.pages === undefined) this.output.write(text)
    else this.pages += text
  }

  /** A line that comes by itself: shown between the prompt and the prompt painted again. */
  notify(text: string): void {
    if (this.isRunning) this.output.write(`${text}\n`)
    else {
      this.output.write(`\n${text}\n`)
      if (!this.isContinued) this.prompt = promptText(this.host.engine, this.session)
      this.screen.prompt(this.prompt)
      this.output.writeRaw(this.editor.text)
    }
  }

  /** A key as it arrives: Ctrl-C stops the running command, everything else waits for its turn. */
  receive(key: Key): void {
    if (key.kind === 'interrupt' && this.isRunning) this.running.abort(new Error('interrupted'))
    else this.keys.push(key)
  }

  async ask(question: string, options: { readonly hidden?: boolean } = {}): Promise<string> {
    this.output.write(question)
    const answer = await readAnswer(this.keys, (text) => {
      if (options.hidden !== true) this.output.writeRaw(text)
    })
    this.output.write('\n')
    if (answer === undefined) throw new Error('action cancelled')
    return answer
  }

  /** Serves the console until it is left. */
  async run(): Promise<'left' | 'gone'> {
    for (;;) {
      const entered = await this.readCommand()
      if (entered.kind !== 'line') return entered.kind
      if (entered.line.trim() === '') continue
      const outcome = await this.runLine(entered.line)
      if (outcome === 'quit') return 'left'
      if (outcome === 'gone') return 'gone'
    }
  }

  private async runLine(line: string): Promise<'done' | 'quit' | 'gone'> {
    this.running = new AbortController()
    this.isRunning = true
    this.output.startCommand()
    const height = this.session.height
    this.pages = height > 0 && isPaged(line) ? '' : undefined
    try {
      const outcome = await this.host.runCommand(line, this.session)
      if (outcome.silenced || this.host.lost.aborted) return 'gone'
      const pages = this.pages
      this.pages = undefined
      this.isRunning = false
      if (pages !== undefined) {
        await showPages(
          pages,
          height,
          (text) => this.output.write(text),
          () => this.keys.next(),
        )
      }
      return outcome.quit ? 'quit' : 'done'
    } finally {
      this.isRunning = false
      this.pages = undefined
    }
  }

  /** Reads lines until they make a whole command. */
  private async readCommand(): Promise<Entered> {
    let text = ''
    this.isContinued = false
    this.prompt = promptText(this.host.engine, this.session)
    for (;;) {
      const entered = await this.readLine()
      if (entered.kind !== 'line') return entered
      text += entered.line
      const open = this.host.engine.continuation(text)
      if (open === 'complete') return { kind: 'line', line: text }
      text += '\n'
      this.isContinued = true
      this.prompt = continuationPrompts[open]
    }
  }

  private async readLine(): Promise<Entered> {
    this.screen.prompt(this.prompt)
    for (;;) {
      const key = await this.keys.next()
      if (key === undefined) return { kind: 'gone' }
      if (key.kind === 'enter') {
        const line = this.editor.take(true)
        this.screen.entered(this.prompt, line)
        return { kind: 'line', line }
      }
      if (key.kind === 'interrupt') {
        this.editor.take(false)
        this.output.write('\n')
        this.isContinued = false
        this.prompt = promptText(this.host.engine, this.session)
        this.screen.prompt(this.prompt)
      } else if (key.kind === 'leave' && this.editor.text === '') {
        this.host.engine.unrollSafeMode(this.session)
        return { kind: 'left' }
      } else if (key.kind === 'safe-mode') await this.toggleSafeMode()
      else if (key.kind === 'tab' || key.kind === 'help') this.complete(key.kind === 'help')
      else if (this.editor.apply(key)) {
        const typed = key.kind === 'text' ? key.text : undefined
        this.screen.edited(this.prompt, this.editor.text, this.editor.behindCursor, typed)
      }
    }
  }

  private complete(showsAlways: boolean): void {
    const words = this.host.engine.complete?.(this.editor.text, this.session) ?? []
    const [only] = words
    if (words.length === 1 && only !== undefined && !showsAlways) {
      this.editor.complete(`${only} `)
      this.screen.edited(this.prompt, this.editor.text, this.editor.behindCursor, undefined)
    } else if (words.length > 0) {
      this.output.write(`\n${words.join('  ')}\n`)
      this.screen.prompt(this.prompt)
      this.output.writeRaw(this.editor.text)
    }
  }

  private async toggleSafeMode(): Promise<void> {
    const { engine } = this.host
    if (engine.hasSafeMode(this.session)) {
      engine.releaseSafeMode(this.session)
      this.output.write('\n[Safe Mode released]\n')
    } else await this.takeSafeMode()
    this.prompt = promptText(engine, this.session)
    this.screen.prompt(this.prompt)
    this.output.writeRaw(this.editor.text)
  }

  private async takeSafeMode(): Promise<void> {
    const { engine } = this.host
    const verdict = engine.takeSafeMode(this.session)
    if (verdict.outcome === 'taken') this.output.write('\n[Safe Mode taken]\n')
    if (verdict.outcome !== 'held') return
    this.output.write("\nHijacking Safe Mode from someone - unroll/release/don't take it [u/r/d]: ")
    const key = await this.keys.next()
    const letter = key?.kind === 'text' ? key.text.toLowerCase() : 'd'
    this.output.write(`${letter}\n`)
    if (letter !== 'u' && letter !== 'r') return
    engine.hijackSafeMode(this.session, letter === 'u' ? 'unroll' : 'release')
    if (engine.hasSafeMode(this.session)) this.output.write('[Safe Mode taken]\n')
  }
}
