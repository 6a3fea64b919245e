/** Keys that the console acts upon; everything printable is `text`. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: Exclude<KeyName, 'text'> }
  /** Answer to `ESC [ 6 n`: where the cursor is. */
  | { readonly kind: 'cursor-report'; readonly row: number; readonly column: number }

/** Names of keys. */
type KeyName =
  | 'text'
  | 'enter'
  | 'backspace'
  | 'delete'
  | 'interrupt'
  | 'leave'
  | 'safe-mode'
  | 'tab'
  | 'help'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'clear-line'
  | 'clear-to-end'
  | 'ignored'

const controls: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x03': 'interrupt',
  '\x04': 'leave',
  '\x18': 'safe-mode',
  '\t': 'tab',
  '\x01': 'home',
  '\x05': 'end',
  '\x02': 'left',
  '\x06': 'right',
  '\x10': 'up',
  '\x0e': 'down',
  '\x15': 'clear-line',
  '\x0b': 'clear-to-end',
}

const sequences: Readonly<Record<string, KeyName>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[3~': 'delete',
  OP: 'help',
  '[11~': 'help',
  OS: 'safe-mode',
  '[14~': 'safe-mode',
}

const sequencePattern = /^(?:\[[0-9;?]*[A-Za-z~]|O[A-Za-z]|\/[A-Za-z]|[A-Za-z=>])/

/** Makes keys of the bytes a terminal sends; a sequence split over two packets is put together. */
export class KeyReader {
  private pending = ''

  /** The keys that are complete with these bytes. */
  read(bytes: string): Key[] {
    const keys: Key[] = []
    let rest = this.pending + bytes
    this.pending = ''
    while (rest !== '') {
      if (rest.startsWith('\x1b')) {
        const match = sequencePattern.exec(rest.slice(1))
        if (match === null) {
          if (rest.length < 12) {
            this.pending = rest
            return keys
          }
          rest = rest.slice(1)
          continue
        }
        keys.push(keyOfSequence(match[0]))
        rest = rest.slice(1 + match[0].length)
        continue
      }
      const first = rest.charAt(0)
      const control = controls[first]
      if (control !== undefined && control !== 'text') keys.push({ kind: control })
      else if (first < ' ') keys.push({ kind: 'ignored' })
      else keys.push({ kind: 'text', text: first })
      rest = rest.slice(1)
    }
    return keys
  }
}

function keyOfSequence(sequence: string): Key {
  const report = /^\[(\d+);(\d+)R$/.exec(sequence)
  if (report) return { kind: 'cursor-report', row: Number(report[1]), column: Number(report[2]) }
  const kind = sequences[sequence] ?? 'ignored'
  return kind === 'text' ? { kind: 'ignored' } : { kind }
}
