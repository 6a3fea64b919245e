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

  it('keeps every other byte', () => {
    const text = '# caf\u00e9\r\n/ip dns\r\nset   servers=192.0.2.1\\\r\n  ,192.0.2.2\r\n'

    expect(masked(text)).toBe(text)
  })
})
