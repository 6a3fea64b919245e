import { beforeEach, describe, expect, it } from 'vitest'
import { type TestRouter, testRouter } from '../support/test-router.js'

const config = `# 2026-01-05 10:00:00 by RouterOS 7.16.1
/interface bridge
add name=bridge
/ip address
add address=192.168.88.1/24 interface=bridge network=192.168.88.0
/ip firewall filter
add action=accept chain=input comment="first rule"
add action=drop chain=input
add action=accept chain=forward
`

describe('scripting', () => {
  let router: TestRouter

  beforeEach(async () => {
    router = await testRouter({ config })
  })

  const answers: readonly (readonly [string, string])[] = [
    [':local f do={:return ($1 + $2)}; :put [$f 3 4]', '7'],
    [':global g do={:put "hi $name"}; $g name=bob', 'hi bob'],
    [':put [:typeof 5s]', 'time'],
    [':put [:typeof 192.168.1.1]', 'ip'],
    [':put [:typeof [:find "abc" "z"]]', 'nil'],
    [':put (5 > 3 && "a" = "a")', 'true'],
    [':put ("a" . "b" . 5)', 'ab5'],
    [':put ({a=1;b=2}->"b")', '2'],
    [':local a {x=1}; :set ($a->"y") 2; :put $a', 'x=1;y=2'],
    [':put [:len {1;2;3}]', '3'],
    [':put [:pick "router" 1 3]', 'ou'],
    [':put [:pick {1;2;3} 0 2]', '1;2'],
    [':foreach k,v in={a=1;b=2} do={:put "$k=$v"}', 'a=1\nb=2'],
    [':for i from=3 to=1 step=-1 do={:put $i}', '3\n2\n1'],
    [':local i 0; :while ($i < 2) do={:set i ($i + 1)}; :put $i', '2'],
    [':do {:error "no"} on-error={:put "caught"}', 'caught'],
    [
      ':onerror e in={/ip address add address=1.1.1.1/24 interface=zz} do={:put $e}',
      'input does not match any value of interface',
    ],
    [
      ':if ([:len [/ip address find where address="192.168.88.1/24"]] = 1) do={:put yes} else={:put no}',
      'yes',
    ],
    [':put "$[/system identity get name]!"', 'MikroTik!'],
    [':put (192.168.1.5 in 192.168.1.0/24)', 'true'],
    [':put ("ether10" ~ "^ether[0-9]+\\$")', 'true'],
    [':put ([:tostr 7] . [:tonum "0x10"])', '716'],
    [':put ([:totime "00:01:30"] + 30s)', '00:02:00'],
    [':put [:toarray "a,b"]', 'a;b'],
    [':local x [:parse ":put 77"]; $x', '77'],
    [':put (192.168.88.77 & 255.255.255.0)', '192.168.88.0'],
    [':put (192.168.88.77 | ~255.255.255.0)', '192.168.88.255'],
    [':put (192.168.88.77 ^ 0.0.0.255); :put (192.168.88.77 << 8)', '192.168.88.178\n168.88.77.0'],
    [':put (~0); :put (0xf0 >> 4)', '-1\n15'],
    [':put [:typeof []]', 'nil'],
    [':put (2001:db8::5 in 2001:db8::/32); :put (192.168.0.0/24 in 192.168.0.0/16)', 'true\ntrue'],
    [':put [:toip6 "2001:DB8:0:0::1"]; :put [:typeof [:toip6 "x"]]', '2001:db8::1\nnil'],
    [':put [:serialize to=dsv delimiter=";" value={{1;"two"};{3;"f;our"}}]', '1;two\n3;"f;our"'],
    [':put [:len [/ip firewall filter find where chain=input and !disabled]]', '2'],
  ]

  for (const [command, answer] of answers) {
    it(`runs ${command}`, async () => {
      expect(await router.run(command)).toBe(`${answer}\n`)
    })
  }

  it('finds an address only when it is quoted, and a network either way', async () => {
    expect(await router.run(':put [:len [/ip address find where address=192.168.88.1/24]]')).toBe('0\n')
    expect(await router.run(':put [:len [/ip address find where address="192.168.88.1/24"]]')).toBe('1\n')
  })

  it('counts matching items', async () => {
    expect(await router.run('/ip firewall filter print count-only where comment~"first"')).toBe('1\n')
  })

  it('stops a chain at the first command that fails while running', async () => {
    expect(await router.run(':put a; /ip address remove *FF; :put b')).toBe('a\nno such item\n')
  })

  it('keeps local variables inside their block and globals across sessions', async () => {
    await router.run(':global seen 1')

    expect(await router.run(':global seen; :put $seen')).toBe('1\n')
    expect(await router.run('{ :local inner 1 }; :put $inner')).toContain('bad variable name inner')
  })

  it('takes abbreviated words, slashes, .. and a menu of its own', async () => {
    expect(await router.run('/ip fi fil pr count-only')).toBe('3\n')
    expect(await router.run('/ip/firewall/filter/print count-only')).toBe('3\n')
    expect(await router.importText('/ip firewall nat\n.. filter\nremove [find chain=forward]\n')).toContain(
      'successfully',
    )
    expect(await router.run('/ip firewall filter print count-only')).toBe('2\n')
  })

  it('runs a job apart from its session, and lists it while it waits', async () => {
    await router.run(':execute ":delay 20s; /system identity set name=done"')
    const jobs = await router.run(':put [:len [/system script job find where type=command]]')
    await router.clock.advance(30_000)

    expect(jobs).toBe('1\n')
    expect(router.router.engine.identity()).toBe('done')
    expect(router.router.inspect.jobs()).toEqual([])
  })

  it('has the commands of its version only', async () => {
    const old = await testRouter({ version: '6.49.13' })
    const newer = await testRouter({ version: '7.12.1' })

    expect(await old.run(':put [:serialize to=json {1}]')).toBe(
      'bad command name serialize (line 1 column 7)\n',
    )
    expect(await newer.run(':onerror e in={:put 1} do={}')).toBe(
      'bad command name onerror (line 1 column 1)\n',
    )
    expect(await old.run(':do {:error x} on-error={:put caught}')).toBe('caught\n')
  })

  it('names command and line when a script fails', async () => {
    await router.run(
      '/system script add name=broken source=":put 1\\r\\n\\r\\n/ip address add address=192.168.88.1/24 interface=bridge"',
    )

    expect(await router.run('/system script run broken')).toBe(
      '1\nfailure: already have such address (/ip/address/add; line 3)\n',
    )
  })

  it('refuses a script that needs more rights than its caller has', async () => {
    await router.run(
      '/system script add name=strong source=":put 1"; /user group add name=weak policy=ssh,read,test; /user add name=w group=weak password=x',
    )

    expect(await router.run('/system script run strong', { user: 'w' })).toBe('not enough permissions (9)\n')
  })
})

describe('references', () => {
  it('follow a rename and show the id of what was removed', async () => {
    const { run } = await testRouter({ config })
    await run('/interface bridge set bridge name=lan')
    const renamed = await run('/ip address get *1 interface')
    const shown = await run(':put [/ip address get *1 interface]')
    await run('/interface bridge remove lan')

    expect(renamed).toBe('')
    expect(shown).toBe('lan\n')
    expect(await run(':put [/ip address get *1 interface]')).toMatch(/^\*[0-9A-F]+\n$/)
  })

  it('follow a rename where two are named as a pair', async () => {
    const { run } = await testRouter({
      config:
        '/queue type\nadd kind=pcq name=up\n/queue simple\nadd name=q queue=up/default target=192.0.2.0/24\n',
    })
    await run('/queue type set up name=upload')

    expect(await run(':put [/queue simple get q queue]')).toBe('upload/default\n')
  })

  it('never gives an id twice', async () => {
    const { run } = await testRouter({ config })
    const first = await run(':put [/ip pool add name=a ranges=10.0.0.1-10.0.0.9]')
    await run('/ip pool remove a')

    expect(await run(':put [/ip pool add name=b ranges=10.0.0.1-10.0.0.9]')).not.toBe(first)
  })
})

describe('groups', () => {
  it('add to a policy from 7.20 on and replace it before; either way all rights are named', async () => {
    const newer = await testRouter({ version: '7.20.2' })
    const older = await testRouter({ version: '7.16.1' })
    for (const { run } of [newer, older]) {
      await run('/user group add name=ops policy=ssh,read')
      await run('/user group set ops policy=write,!ssh')
    }

    expect(await newer.run(':put [/user group get ops policy]')).toMatch(/^read;write;!local;!telnet;!ssh/)
    expect(await older.run(':put [/user group get ops policy]')).toMatch(
      /^write;!local;!telnet;!ssh;!ftp;!reboot;!read/,
    )
  })
})

describe('safe mode and undo', () => {
  it('undoes everything since it was taken, changes of others included', async () => {
    const { router, run } = await testRouter({ config })
    const before = router.significantText()
    const session = {
      id: 900,
      kind: 'shell' as const,
      user: 'admin',
      width: 80,
      height: 24,
      colors: false,
      signal: new AbortController().signal,
      menu: '',
      write: () => {},
    }
    router.engine.sessionOpened(session)
    const verdict = router.engine.takeSafeMode(session)
    await run('/ip address remove [find]')
    await run('/interface bridge set bridge name=other')

    router.engine.sessionClosed(session, 'abnormal')

    expect(verdict).toEqual({ outcome: 'taken' })
    expect(router.significantText()).toBe(before)
  })

  it('is silently left when more than a hundred changes were made', async () => {
    const { router, run } = await testRouter({ config })
    const session = {
      id: 901,
      kind: 'shell' as const,
      user: 'admin',
      width: 80,
      height: 24,
      colors: false,
      signal: new AbortController().signal,
      menu: '',
      write: () => {},
    }
    router.engine.takeSafeMode(session)
    await run(':for i from=1 to=101 do={ /ip pool add name="p$i" ranges=10.0.0.1-10.0.0.9 }')

    router.engine.sessionClosed(session, 'abnormal')

    expect(router.inspect.items('ip pool')).toHaveLength(101)
  })

  it('takes back one change at a time', async () => {
    const { router, run } = await testRouter({ config })
    const before = router.significantText()
    await run('/ip firewall filter move 2 0')
    await run('/ip firewall filter remove 1')

    const after = router.significantText()
    await run('/undo')
    const history = await run('/system history print')
    await run('/undo')
    const undone = router.significantText()
    await run('/redo; /redo')

    expect(undone).toBe(before)
    expect(history).toContain('Flags: U - UNDOABLE, R - REDOABLE\n')
    expect(history).toMatch(/\nR firewall filter removed [^\n]*\nU firewall filter changed /)
    expect(router.significantText()).toBe(after)
    expect(await run('/redo')).toBe('failure: nothing to redo\n')
  })
})
