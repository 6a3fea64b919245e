import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands/index.js'
import { runInMemory } from './run-cli-in-memory.js'

const header = '# 2025-01-02 03:04:05 by RouterOS 7.16.2\n# software id = AAAA-0000\n#\n'
const office = `${header}/ip address\nadd address=192.0.2.1/24 interface=ether1\n/ppp secret\nadd name=ann password="s3cr3t" service=l2tp\n`
const moved = office.replace('ether1', 'ether2')
const newSecret = office.replace('s3cr3t', 'h1dden')

describe('rsc', () => {
  it('shows its commands, and exits 2 without or with an unknown one', async () => {
    expect((await runInMemory(['--help'])).code).toBe(0)
    expect((await runInMemory([])).code).toBe(2)
    expect(await runInMemory(['frobnicate'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no command'),
    })
    expect((await runInMemory(['help', 'frobnicate'])).code).toBe(2)
    expect((await runInMemory(['lnt'])).err).toContain('no command lnt; did you mean lint?')
  })

  it('states the version of its package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

    expect(await runInMemory(['--version'])).toMatchObject({ code: 0, out: `${version}\n` })
  })

  it('says which option was meant and why a file cannot be read', async () => {
    expect((await runInMemory(['lint', '--fromat', 'json'])).err).toContain(
      'unknown option --fromat; did you mean --format?',
    )
    expect((await runInMemory(['lint', '--xyz'])).err).toContain('unknown option --xyz\n')
    expect((await runInMemory(['print', 'gone.rsc'])).err).toContain(
      'cannot read gone.rsc: there is no such file',
    )
  })

  it.each(commands.map((command) => command.name))('%s has a help with usage and examples', async (name) => {
    const { code, out } = await runInMemory([name, '--help'])

    expect(code).toBe(0)
    expect(out).toContain(`Usage: rsc ${name}`)
    expect(out).toContain('Examples:\n')
  })

  it.each(commands.map((command) => command.name))(
    '%s exits 2 on an unknown option and a missing file',
    async (name) => {
      expect((await runInMemory([name, '--no-such-option'])).code).toBe(2)
      expect((await runInMemory([name, 'gone.rsc', 'gone-too.rsc'])).code).toBe(2)
      expect((await runInMemory([name, 'gone.rsc'])).code).toBe(2)
    },
  )

  it.each(commands.map((command) => command.name))('%s prints no secret unless told to', async (name) => {
    const files = { 'a.rsc': office, 'b.rsc': newSecret }
    const pairs = ['diff', 'plan', 'impact'].includes(name)
    const { out, err } = await runInMemory([name, 'a.rsc', ...(pairs ? ['b.rsc'] : [])], files)

    expect(`${out}${err}`).not.toMatch(/s3cr3t|h1dden/)
  })
})

describe('rsc diff', () => {
  it('exits 0 without and 1 with changes', async () => {
    expect(
      await runInMemory(['diff', 'a', 'b'], { a: office, b: office.replace('03:04', '05:06') }),
    ).toMatchObject({ code: 0, out: 'No change.\n' })
    expect((await runInMemory(['diff', 'a', 'b'], { a: office, b: moved })).code).toBe(1)
  })

  it('names menu, item, values before and after, and line', async () => {
    const { out } = await runInMemory(['diff', 'a', 'b'], { a: office, b: moved })

    expect(out).toBe(
      '/ip address\n  ~ 192.0.2.1/24 on ether2  line 5\n      interface: ether1 -> ether2\n1 change: 1 modified.\n',
    )
  })

  it('gives changes as JSON', async () => {
    const { out } = await runInMemory(['diff', 'a', 'b', '--format', 'json'], { a: office, b: moved })

    expect(JSON.parse(out)).toEqual({
      changes: [
        {
          kind: 'modified',
          menu: '/ip address',
          item: '192.0.2.1/24 on ether2',
          properties: [{ name: 'interface', before: 'ether1', after: 'ether2' }],
          fromLine: 5,
          toLine: 5,
        },
      ],
      unknown: [],
    })
  })

  it('gives a unified diff of commands', async () => {
    const { out } = await runInMemory(['diff', 'a', '-', '--format=unified'], { a: office }, moved)

    expect(out).toBe(
      '--- a\n+++ -\n@@ -1,2 +1,2 @@\n-/ip address add address=192.0.2.1/24 interface=ether1\n+/ip address add address=192.0.2.1/24 interface=ether2\n' +
        ' /ppp secret add name=ann password=*** service=l2tp\n',
    )
  })

  it('sees that a secret changed without showing it', async () => {
    const { code, out } = await runInMemory(['diff', 'a', 'b'], { a: office, b: newSecret })

    expect(code).toBe(1)
    expect(out).toContain('password: *** -> ***')
    expect(
      (await runInMemory(['diff', 'a', 'b', '--show-secrets'], { a: office, b: newSecret })).out,
    ).toContain('s3cr3t -> h1dden')
  })

  it('shows in a unified diff what changed by meaning, masked secrets included, and nothing else', async () => {
    const unified = async (a: string, b: string) =>
      (await runInMemory(['diff', 'a', 'b', '--format', 'unified'], { a, b })).out
    const wordy = office
      .replace('name=ann password="s3cr3t"', 'password=s3cr3t disabled=no name=ann')
      .concat('/ip settings\nset ip-forward=yes\n')

    expect(await unified(office, newSecret)).toBe(
      '--- a\n+++ b\n@@ -1,2 +1,2 @@\n /ip address add address=192.0.2.1/24 interface=ether1\n' +
        '-/ppp secret add name=ann password=*** service=l2tp\n+/ppp secret add name=ann password=*** service=l2tp\n',
    )
    expect(await unified(moved, wordy)).toMatch(/@@ -1,2 \+1,2 @@\n-.*ether2\n\+.*ether1\n .*name=ann.*\n$/)
    expect(await unified(moved, office.replace(' password="s3cr3t"', ''))).not.toMatch(/^[-+].*ann/m)
  })

  it('refuses a format it does not know and two standard inputs', async () => {
    expect((await runInMemory(['diff', 'a', 'a', '--format', 'yaml'], { a: office })).code).toBe(2)
    expect((await runInMemory(['diff', '-', '-'], {}, office)).code).toBe(2)
  })
})

describe('rsc plan', () => {
  it('prints a script and exits 0 when nothing is left out', async () => {
    const { code, out, err } = await runInMemory(['plan', 'a', 'b'], { a: office, b: moved })

    expect(code).toBe(0)
    expect(err).toBe('')
    expect(out).toMatch(/\n\/ip address set \$item1 interface=ether2\n$/)
  })

  it('refuses rather than masks when the script needs a secret', async () => {
    const refused = await runInMemory(['plan', 'a', 'b'], { a: office, b: newSecret })
    const told = await runInMemory(['plan', 'a', 'b', '--show-secrets'], { a: office, b: newSecret })

    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('--show-secrets')
    expect(told.out).toContain('password=h1dden')
    expect(told.code).toBe(0)
  })

  it('says on standard error what it leaves out and exits 1', async () => {
    const target = `${office}/interface bridge port\nadd bridge=b interface=*7\n`

    const { code, err } = await runInMemory(['plan', 'a', 'b'], { a: office, b: target })

    expect(code).toBe(1)
    expect(err).toContain('/interface bridge port')
    expect(err).toContain('dangling-reference')
  })
})

describe('rsc outline', () => {
  it('lists more items than a function takes arguments', async () => {
    const many = `/ip firewall address-list\n${'add address=192.0.2.1 list=l\n'.repeat(130_000)}`

    expect((await runInMemory(['outline', 'a'], { a: many })).code).toBe(0)
  })

  it('shows no control character of a name, and no secret of an item without one', async () => {
    const { out } = await runInMemory(['outline', 'a'], {
      a: '/ip pool\nadd name="\\1B[2J\\9B" ranges=192.0.2.1\n/interface wireless access-list\nadd interface=wlan1 private-pre-shared-key=s3cr3t\n',
    })

    expect(out).toContain('\\1B[2J')
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f]|s3cr3t/)
  })
})

describe('rsc impact', () => {
  const rules = (last: string) =>
    `${header}/ip address\nadd address=192.0.2.1/24 interface=ether1\n/ip firewall filter\n${last}`
  const files = { a: rules(''), b: rules('add action=drop chain=input\n') }
  const path = ['--from', '192.0.2.10', '--to', '192.0.2.1']

  it('gives the fixed shape as JSON, with the verdict when asked about a path', async () => {
    const { code, out } = await runInMemory(['impact', 'a', 'b', ...path, '--format', 'json'], files)
    const impact = JSON.parse(out)

    expect(code).toBe(0)
    expect(impact.diff).toEqual({ added: 1, removed: 0, modified: 0 })
    expect(impact.categories).toEqual([{ path: '/ip firewall filter', adds: 1, removes: 0, risk: 'high' }])
    expect(impact.lockout.verdict).toBe('lockout')
    expect(impact.lockout.trace.length).toBeGreaterThan(0)
  })

  it('exits 1 on a lockout only when asked to', async () => {
    expect((await runInMemory(['impact', 'a', 'b', ...path], files)).code).toBe(0)
    expect((await runInMemory(['impact', 'a', 'b', ...path, '--fail-on', 'lockout'], files)).code).toBe(1)
    expect((await runInMemory(['impact', 'a', 'a', ...path, '--fail-on', 'lockout'], files)).code).toBe(0)
  })

  it('exits 2 on half a path or an address that is none', async () => {
    expect((await runInMemory(['impact', 'a', 'b', '--from', '192.0.2.10'], files)).code).toBe(2)
    expect((await runInMemory(['impact', 'a', 'b', '--from', 'here', '--to', 'there'], files)).code).toBe(2)
  })
})

describe('rsc print, fmt, redact, outline, parse', () => {
  const odd = `\u00ef\u00bb\u00bf# x\r\n/ip address\r\nadd   address=192.0.2.1/24 \\\r\n   interface=\\\r\n  ether1\r\n/system note\r\nset note="caf\u00e9 \\C3"`

  it('print gives back every byte', async () => {
    expect((await runInMemory(['print', 'a', '--show-secrets'], { a: odd })).out).toBe(odd)
    expect((await runInMemory(['print', '-'], {}, odd)).out).toBe(odd)
  })

  it('fmt changes the layout and nothing else, and does so once', async () => {
    for (const style of ['compact', 'terse', 'one-per-line']) {
      const once = await runInMemory(['fmt', 'a', '--style', style, '--show-secrets'], { a: office })
      const twice = await runInMemory(['fmt', 'a', '--style', style, '--show-secrets'], { a: once.out })
      const compared = await runInMemory(['diff', 'a', 'b'], { a: office, b: once.out })

      expect(once.code).toBe(0)
      expect(twice.out).toBe(once.out)
      expect(compared.code).toBe(0)
    }
  })

  it('fmt leaves alone what was cut off or does not match, and says where', async () => {
    for (const rest of ['name="cut', 'name=cut \\', 'name=[', 'name=}']) {
      const { code, out, err, files } = await runInMemory(['fmt', 'a', '--write'], {
        a: `${office}add ${rest}`,
      })

      expect({ rest, code, out }).toEqual({ rest, code: 1, out: '' })
      expect(err).toMatch(/^rsc: a:8:\d+: /)
      expect(files.get('a')).toBe(`${office}add ${rest}`)
    }
  })

  it('fmt --check tells, fmt --write replaces and keeps secrets', async () => {
    const messy = office.replace('add address', 'add    address')

    const tidy = office.replace('"s3cr3t"', 's3cr3t')

    expect((await runInMemory(['fmt', 'a', '--check'], { a: tidy })).code).toBe(0)
    expect((await runInMemory(['fmt', 'a', '--check'], { a: messy })).code).toBe(1)
    const { files } = await runInMemory(['fmt', 'a', '--write'], { a: messy })
    expect(files.get('a')).toBe(tidy)
  })

  it('redact masks without telling the length, and fingerprints under a key', async () => {
    const script = `${office}/system script\nadd name=x source="/ppp secret add name=bob password=\\"deep one\\"; :put ok"\n`
    const { out } = await runInMemory(['redact', 'a'], { a: script })
    const keyed = await runInMemory(['redact', 'a', '--hash'], { a: office }, '', {
      RSC_REDACT_KEY: '0123456789abcdef',
    })

    expect(out).toBe(script.replace('"s3cr3t"', '***').replace('\\"deep one\\"', '***'))
    expect(keyed.out).toMatch(/password=hmac-[0-9a-f]{16} /)
    expect((await runInMemory(['redact', 'a', '--hash'], { a: office })).code).toBe(2)
  })

  it('outline lists items with their lines', async () => {
    expect((await runInMemory(['outline', 'a'], { a: office })).out).toBe(
      '/ip address (1)\n5  192.0.2.1/24 on ether1\n/ppp secret (1)\n7  ann l2tp\n',
    )
  })

  it('parse gives menus, items and problems as JSON', async () => {
    const { out } = await runInMemory(['parse', 'a'], { a: office })
    const document = JSON.parse(out)

    expect(document.header.routerosVersion).toBe('7.16.2')
    expect(document.menus[1].items[0].properties).toEqual({ name: 'ann', password: '***', service: 'l2tp' })
    expect(document.problems).toEqual([])
  })
})
