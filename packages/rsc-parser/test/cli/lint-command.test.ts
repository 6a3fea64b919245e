import { describe, expect, it } from 'vitest'
import { runInMemory } from './run-cli-in-memory.js'

const clean = '/ip dns\nset servers=192.0.2.53\n'
const wrong = '/ip dns\nset servers="192.0.2.53\n'
const secret = '/ppp secret\nadd name=ann password=s3cr3t-long name=bob\n'

describe('rsc lint', () => {
  it('exits 0 on clean files and 1 on errors', async () => {
    expect(await runInMemory(['lint', 'a.rsc'], { 'a.rsc': clean })).toMatchObject({
      code: 0,
      out: '1 file checked, nothing found.\n',
    })
    expect((await runInMemory(['lint', 'a.rsc'], { 'a.rsc': wrong })).code).toBe(1)
  })

  it('shows the place of a finding and masks secrets around it', async () => {
    const { out } = await runInMemory(['lint', 'a.rsc'], { 'a.rsc': secret })

    expect(out).toMatch(/^a\.rsc:2:\d+ (error|warning) /)
    expect(out).toContain('  2 | add name=ann password=*** name=bob\n')
    expect(out).toMatch(/\n {4}\| +\^+\n/)
    expect(out).not.toContain('s3cr3t')
  })

  it('says which folder below the named one it may not read', async () => {
    for (const word of ['locked', 'locked/*.rsc']) {
      expect(await runInMemory(['lint', word])).toMatchObject({
        code: 2,
        err: expect.stringContaining('cannot read locked/inner: permission denied'),
      })
    }
  })

  it('does not take nothing at all for a clean file', async () => {
    expect(await runInMemory(['lint'], {}, '')).toMatchObject({
      code: 2,
      err: expect.stringContaining('which files?'),
    })
    expect((await runInMemory(['lint', '-'], {}, '')).code).toBe(0)
  })

  it.each([
    ['LE', '\xff\xfe/\0i\0p\0'],
    ['BE', '\xfe\xff\0/\0i\0p'],
  ])('says that a file is UTF-16%s', async (_order, text) => {
    expect(await runInMemory(['lint', 'a.rsc'], { 'a.rsc': text })).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot read a.rsc: it is UTF-16'),
    })
    expect((await runInMemory(['redact', '-'], {}, text)).err).toContain('cannot read -: it is UTF-16')
  })

  it('repairs a file with a byte order mark and keeps the mark', async () => {
    const twice = '/ip service\nset telnet disabled=no disabled=no\n'
    const { files } = await runInMemory(['lint', '--fix', 'a.rsc'], { 'a.rsc': `\xef\xbb\xbf${twice}` })

    expect(files.get('a.rsc')).toBe('\xef\xbb\xbf/ip service\nset telnet disabled=no\n')
  })

  it('reads folders, globs and standard input', async () => {
    const files = { 'conf/a.rsc': clean, 'conf/b.rsc': wrong, 'conf/c.txt': wrong }
    const names = async (...words: string[]) =>
      (
        JSON.parse((await runInMemory(['lint', ...words, '--format', 'json'], files, wrong)).out) as {
          filePath: string
        }[]
      ).map((file) => file.filePath)

    expect(await names('conf')).toEqual(['conf/a.rsc', 'conf/b.rsc'])
    expect(await names('conf/*.txt')).toEqual(['conf/c.txt'])
    expect(await names('-', '--stdin-filename', 'x.rsc')).toEqual(['x.rsc'])
    expect((await runInMemory(['lint', 'conf/*.none'], files)).code).toBe(2)
  })

  it('takes braces and commas in names for what they are', async () => {
    const files = { 'a,b.rsc': clean, 'c{d.rsc': wrong, 'e.rsc': clean, 'f.rsc': clean }
    const names = async (word: string) =>
      (
        JSON.parse((await runInMemory(['lint', word, '--format', 'json'], files)).out) as {
          filePath: string
        }[]
      ).map((file) => file.filePath)

    expect(await names('c{d.rsc')).toEqual(['c{d.rsc'])
    expect(await names('{e,f}.rsc')).toEqual(['e.rsc', 'f.rsc'])
    expect(await names('a,?.rsc')).toEqual(['a,b.rsc'])
  })

  it('fixes in the file, says how many, and has nothing to do the second time', async () => {
    const vlan = '/interface vlan\nadd disabled=no disabled=no interface=ether1 name=v10 vlan-id=10\n'
    const once = await runInMemory(['lint', '--fix', 'a.rsc'], { 'a.rsc': vlan })
    const twice = await runInMemory(['lint', '--fix', 'a.rsc'], Object.fromEntries(once.files))

    expect(once).toMatchObject({ code: 0, err: 'rsc lint: 1 finding fixed\n' })
    expect(once.files.get('a.rsc')).toBe(vlan.replace('disabled=no disabled=no', 'disabled=no'))
    expect(twice).toMatchObject({ code: 0, err: '' })
    expect(twice.files).toEqual(once.files)
  })

  it('refuses to fix what it cannot write', async () => {
    const twice = '/ip address\nadd address=192.0.2.1/24 disabled=no disabled=no interface=ether1\n'

    expect(await runInMemory(['lint', '--fix', '/a.rsc'], { '/a.rsc': twice })).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot write /a.rsc: permission denied'),
    })
    expect((await runInMemory(['lint', '--fix', '-'], {}, wrong)).code).toBe(2)
  })

  it('counts columns in characters and shows none that a terminal obeys', async () => {
    const text = Buffer.from(
      `/ip address\nadd comment="büro" interface=ether1 address=192.0.2.1/24\nadd comment="büro \u009b" interface=ether2 address=192.0.2.1/24\n/interface bridge\nadd name="\\1B[31m"\nadd name="\\1B[31m"\n`,
    ).toString('latin1')
    const { out } = await runInMemory(['lint', 'a.rsc'], { 'a.rsc': text })
    const shown = Buffer.from(out, 'latin1').toString()

    expect(shown).toContain('a.rsc:3:39 error Address 192.0.2.1')
    expect(shown).toMatch(
      /3 \| add comment="büro {2}" interface=ether2 address=192.0.2.1\/24\n {4}\| {39}\^{20}\n/,
    )
    expect(shown).toContain('The name "\\1B[31m" is taken')
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f]/)
  })

  it('gives ESLint-shaped JSON', async () => {
    const { out } = await runInMemory(['lint', 'a.rsc', '--format', 'json'], { 'a.rsc': wrong })

    expect(JSON.parse(out)[0]).toMatchObject({
      filePath: 'a.rsc',
      errorCount: 1,
      messages: [{ ruleId: 'no-syntax-error', severity: 2, line: 2 }],
    })
  })

  it('takes rules from the configuration, and options over it', async () => {
    const files = { 'a.rsc': wrong, 'rsclint.config.json': '{"rules": {"no-syntax-error": "off"}}' }

    expect((await runInMemory(['lint', 'a.rsc'], files)).code).toBe(0)
    expect((await runInMemory(['lint', 'a.rsc', '--no-config'], files)).code).toBe(1)
    expect((await runInMemory(['lint', 'a.rsc', '--rule', 'no-syntax-error=error'], files)).code).toBe(1)
    expect((await runInMemory(['lint', 'a.rsc', '--rule', 'no-such-rule=error'], files)).code).toBe(2)
    expect((await runInMemory(['lint', 'a.rsc'], { ...files, 'rsclint.config.json': '{oops' })).code).toBe(2)
  })

  it('knows a file by its path from the working folder, however it was named', async () => {
    const files = {
      'lab/a.rsc': wrong,
      'rsclint.config.json': '{"overrides": [{"files": ["lab/**"], "rules": {"no-syntax-error": "off"}}]}',
    }

    for (const word of ['lab/a.rsc', './lab/a.rsc', '/home/ann/configs/lab/a.rsc', '/home/ann/configs/lab'])
      expect({ word, code: (await runInMemory(['lint', word], files)).code }).toEqual({ word, code: 0 })
  })

  it('accepts what a baseline lists', async () => {
    const made = await runInMemory(['lint', 'a.rsc', '--write-baseline', 'base.json'], { 'a.rsc': wrong })
    const baseline = made.files.get('base.json') ?? ''

    expect(made.code).toBe(0)
    expect(
      (
        await runInMemory(['lint', 'a.rsc', '--baseline', 'base.json'], {
          'a.rsc': wrong,
          'base.json': baseline,
        })
      ).code,
    ).toBe(0)
  })

  it('fails on more warnings than allowed', async () => {
    const warned = await runInMemory(
      ['lint', 'a.rsc', '--rule', 'no-syntax-error=warn', '--max-warnings', '0'],
      { 'a.rsc': wrong },
    )

    expect(warned.code).toBe(1)
    expect(
      (await runInMemory(['lint', 'a.rsc', '--rule', 'no-syntax-error=warn'], { 'a.rsc': wrong })).code,
    ).toBe(0)
  })
})
