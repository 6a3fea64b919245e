import { describe, expect, it } from 'vitest'
import { buildDocument, parse, redact } from '../../src/index.js'

const masked = (text: string) => redact(buildDocument(parse(text))).text

describe('redact', () => {
  it('replaces what the menu table calls a secret and nothing else', () => {
    expect(masked('/ppp secret\nadd name=password password="pass word" service=l2tp\n')).toBe(
      '/ppp secret\nadd name=password password=*** service=l2tp\n',
    )
    expect(
      masked('/interface wireguard peers\nadd interface=wg public-key="abc=" preshared-key="def="\n'),
    ).toContain('public-key="abc=" preshared-key=***')
  })

  it('hides the length, also of a secret that is wrapped', () => {
    expect(masked('/ppp secret\nadd name=a password="0123456789\\\n    0123456789"\n')).toBe(
      '/ppp secret\nadd name=a password=***\n',
    )
  })

  it('leaves empty values and variables', () => {
    const text = '/ppp secret\nadd name=a password=""\nadd name=b password=$pw\n'

    expect(masked(text)).toBe(text)
  })

  it('looks into scripts and commands', () => {
    expect(
      masked(
        '/system script\nadd name=a source="/tool fetch url=x user=u password=\\"deep\\"\\r\\n:put 1"\n',
      ),
    ).toBe('/system script\nadd name=a source="/tool fetch url=x user=u password=***\\r\\n:put 1"\n')
    expect(masked(':if (true) do={ /tool fetch url=x password=deep }\n')).toBe(
      ':if (true) do={ /tool fetch url=x password=*** }\n',
    )
  })

  it('finds what scripts keep in variables named like a secret', () => {
    expect(
      masked(
        ':global wifiPassword "deep"\n:local bot-token "a\\"b"\n:set pw deep\n:local DNSPassword deep\n:local passLength 12\n',
      ),
    ).toBe(
      ':global wifiPassword ***\n:local bot-token ***\n:set pw ***\n:local DNSPassword ***\n:local passLength 12\n',
    )
    expect(masked('{\n:local pass "deep"\n/user set [find name=ann] password=$pass\n}\n')).toBe(
      '{\n:local pass ***\n/user set [find name=ann] password=$pass\n}\n',
    )
    expect(
      masked(':local cmd "/user set ann password=deep"\n# /user set ann password="deep"\n'),
    ).not.toContain('deep')
    expect(masked(':local token [/file get a contents]\n:local pass $1\n')).not.toContain('***')
  })

  it('finds what a text gives away: URLs, headers, JSON, keys, also escaped and wrapped', () => {
    expect(masked('/tool fetch url="https://joe:deep@192.0.2.1:8080/a?token=deep&x=1"\n')).toBe(
      '/tool fetch url="https://joe:***@192.0.2.1:8080/a?token=***&x=1"\n',
    )
    expect(masked(':put "Authorization: Bearer deep.er"\n')).toBe(':put "Authorization: Bearer ***"\n')
    expect(
      masked(':put "https://192.0.2.1:443/a@b $user:$pw@h Authorization: Bearer $token"\n'),
    ).not.toContain('***')
    expect(masked(':put "{\\"password\\":\\"deep\\"}"\n')).toBe(':put "{\\"password\\":\\"***\\"}"\n')
    expect(
      masked(
        '/system script\nadd name=a source="/tool fetch url=\\"ftp://joe:de\\\n    ep@192.0.2.1/a\\""\n',
      ),
    ).toBe('/system script\nadd name=a source="/tool fetch url=\\"ftp://joe:***@192.0.2.1/a\\""\n')
    expect(masked('# curl https://joe:deep@192.0.2.1/\n')).toBe('# curl https://joe:***@192.0.2.1/\n')
  })

  it('hides a secret put together from pieces', () => {
    expect(masked('/ppp secret\nadd name=a password=("de" . "ep")\n')).toBe(
      '/ppp secret\nadd name=a password=***\n',
    )
    expect(masked(':do { /ppp secret add name=a password=("de" . $x) }\n')).toBe(
      ':do { /ppp secret add name=a password=*** }\n',
    )
    expect(masked('/ppp secret\nadd name=a password=($x . "")\n')).not.toContain('***')
  })

  it('takes linear time on text that almost looks like a secret', () => {
    for (const piece of [
      '://',
      'a.',
      'bot1',
      '?token',
      '"password"',
      '-----BEGIN PRIVATE KEY-----',
      'authorization:"',
    ])
      expect(masked(piece.repeat(100_000))).toHaveLength(piece.length * 100_000)
  })

  it('keeps every other byte', () => {
    const text = '# caf\u00e9\r\n/ip dns\r\nset   servers=192.0.2.1\\\r\n  ,192.0.2.2\r\n'

    expect(masked(text)).toBe(text)
  })
})
