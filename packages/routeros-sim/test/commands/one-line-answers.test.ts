import { beforeEach, describe, expect, it } from 'vitest'
import { type TestRouter, testRouter } from '../support/test-router.js'

const config = `# 2024-01-02 10:00:00 by RouterOS 7.16.1
/interface bridge
add name=bridge
/ip address
add address=192.168.88.1/24 interface=ether1 network=192.168.88.0
`

describe('annex of dialogues, one-line answers', () => {
  let router: TestRouter

  beforeEach(async () => {
    router = await testRouter({ config })
  })

  const answers: readonly (readonly [number, string, string])[] = [
    [1, ':put [/system identity get name]', 'MikroTik\n'],
    [2, '/system identity print', '  name: MikroTik\n\n'],
    [3, '/export file=backup', ''],
    [4, '/system backup save name=pre dont-encrypt=yes', 'Configuration backup saved\n'],
    [6, '/file remove [find name="backup.rsc"]', ''],
    [7, '/file remove nosuch.rsc', 'no such item\n'],
    [12, '/import file-name=missing.rsc', 'Cannot open import file, file does not exist (:import; line 1)\n'],
    [13, 'foo', 'bad command name foo (line 1 column 1)\n'],
    [14, '/ip address add address=192.168.88.1/24 interface=ether1', 'failure: already have such address\n'],
    [
      15,
      '/ip address add address=10.0.0.1/24 interface=nope',
      'input does not match any value of interface\n',
    ],
    [16, '/ip address print foo', 'expected end of command (line 1 column 19)\n'],
    [17, '/ip firewall filter add action=drop', 'missing value(s) of argument(s) chain\n'],
    [18, '/ip address remove *FF', 'no such item\n'],
    [19, ':put [/ip address add address=10.9.9.1/24 interface=ether1]', '*2\n'],
    [20, '/ip address set [find interface=ether1] comment="lan side"', ''],
    [
      21,
      ':put [:serialize to=json [/ip address print as-value where interface=ether1]]',
      '[{".id":"*1","address":"192.168.88.1/24","interface":"ether1","network":"192.168.88.0"}]\n',
    ],
    [29, ':put "a"; foo; :put "b"', 'bad command name foo (line 1 column 11)\n'],
  ]

  for (const [number, command, answer] of answers) {
    it(`answers dialogue ${number}: ${command}`, async () => {
      const text = await router.run(command)

      expect(text).toBe(answer)
    })
  }

  it('answers dialogues 9, 10 and 11: an import that works, clashes, cannot be read', async () => {
    const works = await router.importText('/interface bridge\nadd name=second\n')
    const clashes = await router.importText('/interface bridge\nadd name=bridge\n')
    const unreadable = await router.importText('this is no command\n')

    expect(works).toBe('Script file loaded and executed successfully\n')
    expect(clashes).toBe(
      'Script Error: failure: already have interface with name bridge (/interface/bridge/add; line 2) (:import; line 1)\n',
    )
    expect(unreadable).toBe('Script Error: bad command name this (line 1 column 1)\n')
  })

  it('shows the length of an address that the export leaves out', async () => {
    await router.run('/ip address add address=192.0.2.7 interface=ether1')

    expect(await router.run(':put [/ip address get [find address="192.0.2.7/32"] address]')).toBe(
      '192.0.2.7/32\n',
    )
    expect(await router.run('/ip address export')).toContain('add address=192.0.2.7 interface=ether1')
  })

  it('knows built-in items by the ids of their exports, and flags behind an item', async () => {
    expect(await router.run('/ppp profile set *FFFFFFFE only-one=yes')).toBe('')
    expect(await router.run('/ppp profile export')).toContain('set *FFFFFFFE only-one=yes')
    await router.run('/routing ospf instance add name=i; /routing ospf area add instance=i name=a')
    await router.run('/routing ospf interface-template add area=a interfaces=ether1')
    expect(await router.run('/routing ospf interface-template set [find] passive')).toBe('')
  })

  it('answers dialogues 22 and 23: device-mode and the flag refuse the scheduler', async () => {
    const home = await testRouter({ config, options: { 'device-mode': 'home' } })
    const flagged = await testRouter({ config, options: { flagged: 'yes' } })
    const command = '/system scheduler add name=x interval=1m on-event=":log info x"'

    expect(await home.run(command)).toBe('failure: not allowed by device-mode\n')
    expect(await flagged.run(command)).toBe(
      'failure: configuration flagged, check all router configuration for unauthorized changes and update device-mode\n',
    )
  })

  it('answers dialogue 27: :parse shows the error in its result', async () => {
    const text = await router.run(':put [:parse "/ip address add addres=1"]')

    expect(text).toContain('bad parameter addres (line 1 column 17)')
    expect(text).toContain('(evl ')
  })

  it('answers dialogue 30: export to a file needs policy ftp', async () => {
    await router.run('/user add name=reader group=read password=x')

    const text = await router.run('/export file=x', { user: 'reader' })

    expect(text).toBe('not enough permissions (9)\n')
  })
})
