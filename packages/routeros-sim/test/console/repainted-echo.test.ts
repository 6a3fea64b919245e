import { afterEach, describe, expect, it } from 'vitest'
import type { Simulator } from '../../src/simulator.js'
import { startSimulator } from '../../src/start-simulator.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'
import { reader, SshClient } from '../support/ssh-client.js'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

/** What is shown from typing a line to the next prompt, as a scraper sees it without escape codes. */
async function scrape(version: string, suffix: string, line: string): Promise<string> {
  const simulator = await startSimulator({
    version,
    user: 'admin',
    password: 'secret',
    clock: new VirtualClock(),
  })
  running.push(simulator)
  const client = await SshClient.connect(simulator.router.port, { username: `admin${suffix}` })
  const channel = await client.shell()
  const screen = reader(channel)
  await screen.until(/\[admin@MikroTik\] > $/)
  channel.write(`${line}\r`)
  const shown = await screen.until(/\n[\s\S]*\[admin@MikroTik\] > $/)
  client.end()
  return shown.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
}

/** What is left when prompts and repaints are taken away: each repaint starts with a carriage return. */
function answerOf(shown: string, line: string): string {
  const lines = shown.replace(/\r+\n/g, '\n').replaceAll('\r', '\n').split('\n')
  const lastEcho = lines.lastIndexOf(`[admin@MikroTik] > ${line}`)
  return lines
    .slice(lastEcho + 1)
    .filter((text) => text.trim() !== '' && !text.startsWith('[admin@MikroTik] >'))
    .join('\n')
}

describe('the echo of a typed command', () => {
  it('is the whole line again at each character from 6.49 on', async () => {
    const shown = await scrape('7.16.1', '+ct511w4098h', ':put 12')

    expect(shown).toContain('\r[admin@MikroTik] > :\r[admin@MikroTik] > :p\r[admin@MikroTik] > :pu')
    expect(answerOf(shown, ':put 12')).toBe('12')
  })

  it('is plain before 6.49', async () => {
    const shown = await scrape('6.45.9', '+ct511w4098h', ':put 12')

    expect(shown).toMatch(/^:put 12\r\[admin@MikroTik\] > :put 12\r\n12\r\n/)
    expect(answerOf(shown, ':put 12')).toBe('12')
  })

  it('is line, prompt with line, and an empty line for a dumb terminal', async () => {
    const shown = await scrape('7.16.1', '+cte', ':put 12')

    expect(shown).toBe(':put 12\r\n[admin@MikroTik] > :put 12\r\n\r\n12\r\n[admin@MikroTik] > ')
  })

  it('paints the next prompt twice, blanks to the screen width between', async () => {
    const shown = await scrape('7.16.1', '+ct100w', ':put 12')

    const prompt = '[admin@MikroTik] > '
    expect(shown.endsWith(`\r\r\r\r${prompt}${' '.repeat(100 - prompt.length)}\r${prompt}`)).toBe(true)
  })

  it('wraps an export at the width that was asked for, and at 80 on exec', async () => {
    const comment = `${'word '.repeat(30)}end`
    const simulator = await startSimulator({
      config: `/interface bridge\nadd comment="${comment}" name=b\n`,
      version: '7.16.1',
      user: 'admin',
      password: 'secret',
      clock: new VirtualClock(),
    })
    running.push(simulator)
    const client = await SshClient.connect(simulator.router.port, { username: 'admin+cte300w' })
    const channel = await client.shell()
    const screen = reader(channel)
    await screen.until('> ')
    channel.write('/interface bridge export\r')
    const wide = await screen.until(/name=b\r\n/)
    const { stdout: narrow } = await client.exec('/interface bridge export')
    client.end()

    expect(wide).toContain(`add comment="${comment}" name=b\r\n`)
    expect(Math.max(...narrow.split('\r\n').map((text) => text.length))).toBeLessThan(80)
  })
})
