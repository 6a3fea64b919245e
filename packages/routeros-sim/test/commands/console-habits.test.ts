import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

const config =
  '/ip pool\nadd name=one ranges=192.0.2.1-192.0.2.9\nadd name=two ranges=192.0.2.11-192.0.2.19\n'

describe('on the console', () => {
  it('a command that needs items and names none asks for their numbers', async () => {
    const { run } = await testRouter({ config })
    const questions: string[] = []
    const session = {
      kind: 'shell' as const,
      ask: (question: string) => {
        questions.push(question)
        return Promise.resolve('1')
      },
    }

    expect(await run('/ip pool remove', session)).toBe('')
    expect(await run('/ip pool set comment=first', session)).toBe('no such item\n')
    expect(questions).toEqual(['numbers: ', 'numbers: '])
    expect(await run(':foreach p in=[/ip pool find] do={:put [/ip pool get $p name]}')).toBe('one\n')
  })

  it('nothing is asked on exec', async () => {
    const { run } = await testRouter({ config })

    expect(await run('/ip pool remove')).toBe('missing value(s) of argument(s) numbers\n')
  })

  it('a comment may be given by place', async () => {
    const { run } = await testRouter({ config })
    await run('/ip pool comment 1 "second one"')

    expect(await run(':put [/ip pool get two comment]')).toBe('second one\n')
  })

  it('print follow goes on until it is interrupted, and shows what is logged meanwhile', async () => {
    const { run } = await testRouter({ config })
    const stop = new AbortController()
    let shown = ''
    const following = run('/log print follow where message~"seen"', {
      signal: stop.signal,
      write: (text) => {
        shown += text
      },
    })
    await run(':log info "seen by you"; :log info "not for you"')
    stop.abort()
    await following

    expect(shown).toMatch(/^\S+ \S+ script,info seen by you\ninterrupted\n$/)
  })

  it('an export can name its menus', async () => {
    const { run } = await testRouter({
      config: `${config}/ip dns static\nadd address=192.0.2.1 name=a.example\n`,
    })
    const sections = async (path: string) =>
      (await run(`/export path=${path}`)).split('\n').filter((line) => line.startsWith('/'))

    expect(await sections('/ip/pool')).toEqual(['/ip pool'])
    expect(await sections('/ip,!/ip/pool')).toEqual(['/ip dns static'])
  })

  it('the router answers pings to itself', async () => {
    const { run } = await testRouter({
      config: '/ip address\nadd address=192.0.2.1/24 interface=ether1\n',
    })

    expect(await run(':put [/ping 192.0.2.1 count=2]')).toMatch(
      /sent=2 received=2 packet-loss=0%[^\n]*\n\n2\n$/,
    )
    expect(await run(':put [:ping 203.0.113.1 count=1]')).toMatch(
      /sent=1 received=0 packet-loss=100%\n\n0\n$/,
    )
  })
})
