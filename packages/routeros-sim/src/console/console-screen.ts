import type { ChannelOutput } from '../ssh/channel-output.js'

/** How a console paints. */
export interface ScreenStyle {
  /** `dumb`: plain echo; `echo`: before 6.49; `repaint`: the whole line again at each key, 6.49 and later. */
  readonly painting: 'dumb' | 'echo' | 'repaint'
  readonly colors: boolean
  readonly width: number
}

/** What one typed line looks like on the wire, by style. */
export class ConsoleScreen {
  constructor(
    private readonly output: ChannelOutput,
    private readonly style: ScreenStyle,
  ) {}

  /** Paints a prompt for a new line. */
  prompt(prompt: string): void {
    if (this.style.painting === 'dumb') this.output.writeRaw(prompt)
    else {
      const blanks = ' '.repeat(Math.max(0, this.style.width - prompt.length))
      this.output.writeRaw(`\r\r\r\r${prompt}${blanks}\r${prompt}`)
    }
  }

  /** Shows the effect of one key. `typed` is its text when it was put at the end of the line. */
  edited(prompt: string, line: string, behindCursor: number, typed: string | undefined): void {
    if (this.style.painting !== 'repaint' && typed !== undefined && behindCursor === 0)
      this.output.writeRaw(typed)
    else {
      const back = behindCursor > 0 ? `\x1b[${behindCursor}D` : ''
      this.output.writeRaw(`\r${prompt}${this.colored(line)}\x1b[K${back}`)
    }
  }

  /**
   * Shows that the line was entered. A dumb terminal gets prompt and line once more and an empty line, or only a line
   * end after nothing (netmiko counts on both); the others see them painted over.
   */
  entered(prompt: string, line: string): void {
    if (this.style.painting === 'dumb' && line === '') this.output.writeRaw('\r\n')
    else if (this.style.painting === 'dumb') this.output.writeRaw(`\r\n${prompt}${line}\r\n\r\n`)
    else this.output.writeRaw(`\r${prompt}${this.colored(line)}\r\n`)
  }

  private colored(line: string): string {
    return this.style.colors && line !== '' ? `\x1b[36m${line}\x1b[m` : line
  }
}
