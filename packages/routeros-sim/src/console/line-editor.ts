import type { Key } from './key-reader.js'

/** The line under the cursor and the lines before it. */
export class LineEditor {
  private line = ''
  private cursor = 0
  private readonly history: string[] = []
  private historyAt = 0

  get text(): string {
    return this.line
  }

  /** Characters from the cursor to the end of the line. */
  get behindCursor(): number {
    return this.line.length - this.cursor
  }

  /** Does what an editing key does. True when the key was one of its own. */
  apply(key: Key): boolean {
    switch (key.kind) {
      case 'text':
        this.set(this.line.slice(0, this.cursor) + key.text + this.line.slice(this.cursor), this.cursor + 1)
        return true
      case 'backspace':
        if (this.cursor > 0)
          this.set(this.line.slice(0, this.cursor - 1) + this.line.slice(this.cursor), this.cursor - 1)
        return true
      case 'delete':
        this.set(this.line.slice(0, this.cursor) + this.line.slice(this.cursor + 1), this.cursor)
        return true
      case 'left':
        this.cursor = Math.max(0, this.cursor - 1)
        return true
      case 'right':
        this.cursor = Math.min(this.line.length, this.cursor + 1)
        return true
      case 'home':
        this.cursor = 0
        return true
      case 'end':
        this.cursor = this.line.length
        return true
      case 'clear-line':
        this.set('', 0)
        return true
      case 'clear-to-end':
        this.set(this.line.slice(0, this.cursor), this.cursor)
        return true
      case 'up':
        this.recall(this.historyAt - 1)
        return true
      case 'down':
        this.recall(this.historyAt + 1)
        return true
      default:
        return false
    }
  }

  /** Puts the completion of the last word in its place. */
  complete(word: string): void {
    const start = this.line.slice(0, this.cursor).search(/[^\s/=]*$/)
    this.set(this.line.slice(0, start) + word + this.line.slice(this.cursor), start + word.length)
  }

  /** Takes the line away, for running or for nothing, and starts a new one. */
  take(isKept: boolean): string {
    const line = this.line
    if (isKept && line.trim() !== '' && this.history.at(-1) !== line) this.history.push(line)
    this.historyAt = this.history.length
    this.set('', 0)
    return line
  }

  private recall(index: number): void {
    if (index < 0 || index > this.history.length) return
    this.historyAt = index
    const line = this.history[index] ?? ''
    this.set(line, line.length)
  }

  private set(line: string, cursor: number): void {
    this.line = line
    this.cursor = cursor
  }
}
