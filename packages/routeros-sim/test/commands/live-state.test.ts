import { beforeEach, describe, expect, it } from 'vitest'
import { type TestRouter, testRouter } from '../support/test-router.js'

const config = `# 2026-01-05 10:00:00 by RouterOS 7.16.1
/interface bridge
add comment="main bridge" name=bridge1
/interface bridge port
add bridge=bridge1 interface=ether2
/ip address
add address=192.0.2.1/24 interface=bridge1
add address=198.51.100.2/30 interface=ether1
/ip firewall filter
add action=accept chain=input dst-port=22 protocol=tcp
/ip route
add dst-address=0.0.0.0/0 gateway=198.51.100.1
add dst-address=10.0.0.0/8 gateway=203.0.113.1
/system script
add name=hello source=":put hi"
`

describe('what a router knows beside its configuration', () => {
  let router: TestRouter

  beforeEach(async () => {
    router = await testRouter({ config })
  })

  it('interfaces in a bridge are slaves, and only enabled ones run', async () => {
    await router.run('/interface disable ether1')

    expect(await router.run(':foreach i in=[/interface find slave] do={:put [/interface get $i name]}')).toBe(
      'ether2\n',
    )
    expect(
      await router.run(':put [/interface get ether1 running]; :put [/interface get ether2 running]'),
    ).toBe('false\ntrue\n')
    expect(await router.run('/interface print where name=ether2')).toMatch(/^0 RS ether2/m)
  })

  it('routes are active when their gateway can be reached; connected ones are there by themselves', async () => {
    const put = (where: string) =>
      router.run(`:foreach r in=[/ip route find where ${where}] do={:put [/ip route get $r dst-address]}`)

    expect(await put('active and static')).toBe('0.0.0.0/0\n')
    expect(await put('!active')).toBe('10.0.0.0/8\n')
    expect(await put('dynamic')).toBe('192.0.2.0/24\n198.51.100.0/30\n')
    expect(await router.run('/ip route print count-only')).toBe('4\n')
    expect(await router.run('/ip route remove [find dynamic]')).toBe('failure: can not remove dynamic item\n')
    expect(await router.run('/ip route export')).not.toContain('192.0.2.0/24')
  })

  it('a script counts its runs until the next boot', async () => {
    await router.run('/system script run hello; /system script run hello')

    expect(await router.run(':put [/system script get hello run-count]')).toContain('2\n')
  })

  it('a switch that nobody touched can be read', async () => {
    expect(await router.run(':put [/ip dns get allow-remote-requests]')).toBe('false\n')
    expect(await router.run(':put [/interface bridge get bridge1 vlan-filtering]')).toBe('false\n')
    expect(await router.run(':put [/interface bridge find where vlan-filtering=no]')).toMatch(/^\*\w+\n$/)
    expect(await router.run('/ip dns export; /interface bridge export')).not.toMatch(/allow|vlan-filtering/)
  })

  it('the log is lines of time, topics and message, however long', async () => {
    await router.run(`:log info "${'long '.repeat(30)}end"`)

    const line = (await router.run('/log print where message~"end"')).trim()

    expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d script,info long .* end$/)
  })

  it('global variables have values, also by the short name of the menu', async () => {
    await router.run(':global limit 5; :global list {1;2}')

    expect(await router.run('/system script environment print')).toBe(
      'Columns: NAME, VALUE\n# NAME   VALUE\n0 limit  5    \n1 list   1;2  \n',
    )
    expect(await router.run('/environment print')).toBe(await router.run(':environment print'))
    expect(await router.run('/environment print count-only')).toBe('2\n')
  })

  it('print can start from items, and show ids instead of numbers', async () => {
    const answer = await router.run('/ip address print from=[find interface=ether1] show-ids')

    expect(answer).toMatch(/^\*\w+ 198\.51\.100\.2\/30 /m)
    expect(answer).not.toContain('192.0.2.1')
  })

  it('what needs a network fails as it does without one', async () => {
    expect(await router.run('/tool fetch url="http://192.0.2.99/x" mode=http')).toBe(
      'failure: connection timeout\n',
    )
  })

  it('print terse and detail show what a router shows', async () => {
    await router.run('/system scheduler add name=nightly interval=1d start-time=03:00:00 on-event=hello')

    expect(await router.run('/interface bridge print terse')).toMatch(
      /^ 0 R {2}comment=main bridge name=bridge1 /,
    )
    expect(await router.run('/ip firewall filter print detail')).toContain(
      '0    chain=input action=accept protocol=tcp dst-port=22',
    )
    expect((await router.run('/system scheduler print detail')).replace(/\s+/g, ' ')).toMatch(
      / 0 name="nightly" start-date=\S+ start-time=03:00:00 interval=1d on-event=hello owner="admin" policy=\S+ run-count=0 next-run=\S+ 03:00:00 $/,
    )
  })
})
