import type { ChannelOutput } from '../ssh/channel-output.js'
import type { SimClock } from '../time/sim-clock.js'
import type { KeyQueue } from './key-queue.js'
import type { Key } from './key-reader.js'

/** How long a console waits for the terminal to say what it is. */
const probeTimeoutMs = 10_000

/** What a terminal said of its size. */
export interface ProbedSize {
  readonly columns: number
  readonly rows: number
}

/**
 * Asks the terminal for its kind and size and waits up to 10 s. What is typed meanwhile is lost, as on a router.
 * Undefined when no size was told.
 */
export async function probeTerminal(
  output: ChannelOutput,
  keys: KeyQueue,
  clock: Pick<SimClock, 'sleep'>,
  signal: AbortSignal,
): Promise<ProbedSize | undefined> {
  output.writeRaw('\r\x1b[9999B\r\x1b[9999B\x1bZ  \x1b[9999C\x1b[6n\r\x1b[K')
  const answered = new AbortController()
  const deadline = clock
    .sleep(probeTimeoutMs, { signal: AbortSignal.any([signal, answered.signal]) })
    .then(() => keys.push({ kind: 'ignored' }))
    .catch(() => {})
  try {
    for (;;) {
      const key = await keys.next()
      if (key === undefined) return undefined
      if (key.kind === 'cursor-report') return { columns: key.column, rows: key.row }
      if (key.kind === 'ignored') return undefined
    }
  } finally {
    answered.abort()
    await deadline
    keys.clear()
  }
}

/** Reads one line for a question; undefined when it was left with Ctrl-C or the client is gone. */
export async function readAnswer(keys: KeyQueue, echo: (text: string) => void): Promise<string | undefined> {
  let answer = ''
  for (;;) {
    const key: Key | undefined = await keys.next()
    if (key === undefined || key.kind === 'interrupt') return undefined
    if (key.kind === 'enter') return answer
    if (key.kind === 'backspace' && answer !== '') {
      answer = answer.slice(0, -1)
      echo('\b \b')
    } else if (key.kind === 'text') {
      answer += key.text
      echo(key.text)
    }
  }
}

/** The screens of a first login that ask for something. */
export const loginScreens = {
  license: 'Do you want to see the software license? [Y/n]: ',
  changePassword: 'Change your password\n\n',
  newPassword: 'new password> ',
  repeatPassword: 'repeat new password> ',
} as const
