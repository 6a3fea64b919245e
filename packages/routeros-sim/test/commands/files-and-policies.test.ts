import { describe, expect, it } from 'vitest'
import { scenarioOptions } from '../../src/scenarios/index.js'
import { testRouter } from '../support/test-router.js'

describe('a full flash', () => {
  it('refuses the backup, and a script can catch that', async () => {
    const { run, router } = await testRouter(scenarioOptions('full-flash'))

    const refused = await run('/system backup save name=pre dont-encrypt=yes')
    const caught = await run(':do {/system backup save name=pre} on-error={:put "no room"}')

    expect(refused).not.toContain('Configuration backup saved')
    expect(refused.trim()).not.toBe('')
    expect(caught).toBe('no room\n')
    expect(router.fileList()).toEqual([])
  })
})

describe('rights', () => {
  const cases: readonly (readonly [group: string, command: string, allowed: boolean])[] = [
    ['ssh,read', '/ip address print', true],
    ['ssh,read', '/ip address add address=10.0.0.1/24 interface=ether1', false],
    ['ssh,write', '/export', false],
    ['ssh,read,write', '/ip address add address=10.0.0.1/24 interface=ether1', true],
    ['ssh,read,write', '/user add name=x group=full password=y', false],
    ['ssh,read,write', '/system scheduler add name=x interval=1h on-event=""', false],
    ['ssh,read,write,policy', '/system scheduler add name=x interval=1h on-event=""', true],
    ['ssh,read,write', '/system reboot', false],
    ['ssh,read,write,reboot,policy', '/system backup load name=x password=""', false],
    ['ssh,read,sensitive', '/system backup save name=x', false],
    ['ssh,read,sensitive,ftp', '/system backup save name=x', true],
  ]

  for (const [policy, command, allowed] of cases) {
    it(`${allowed ? 'allow' : 'refuse'} ${command} with ${policy}`, async () => {
      const { run } = await testRouter()
      await run(`/user group add name=g policy=${policy}; /user add name=u group=g password=p`)

      const answer = await run(command, { user: 'u' })

      expect(answer.includes('not enough permissions (9)')).toBe(!allowed)
    })
  }

  it('hide secrets from who has no policy sensitive, even with show-sensitive', async () => {
    const { run } = await testRouter({ config: '/ppp secret\nadd name=a password=secret\n' })
    await run('/user group add name=g policy=ssh,read; /user add name=u group=g password=p')

    expect(await run('/export show-sensitive', { user: 'u' })).not.toContain('password=secret')
  })

  it('show secrets only to who has sensitive', async () => {
    const { run } = await testRouter({ config: '/ppp secret\nadd name=u password=hidden\n' })
    await run('/user group add name=ops policy=ssh,read,write,policy; /user add name=op group=ops')
    const everyWay =
      ':put [/ppp secret get u password]; :put [/ppp secret print as-value]; /ppp secret print detail; ' +
      '/ppp secret print terse; /export show-sensitive; :put [:len [/ppp secret find password=hidden]]'

    const seen = await run(everyWay, { user: 'op' })

    expect(seen).toMatch(/^\*{5}\n/)
    expect(seen).toMatch(/\n0\n$/)
    expect(seen).not.toContain('hidden')
    expect(await run(':put [/ppp secret get u password]')).toBe('hidden\n')
  })

  it('give a new scheduler entry those of who adds it, cut to what scripts can have', async () => {
    const { run } = await testRouter()
    await run(
      '/user group add name=g policy=ssh,read,write,policy,winbox; /user add name=u group=g password=p',
    )
    await run('/system scheduler add name=x interval=1h on-event=""', { user: 'u' })

    expect(await run(':put [/system scheduler get x policy]')).toBe('read;write;policy\n')
  })
})
