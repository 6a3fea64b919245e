import { describe, expect, it } from 'vitest'
import { signsOfAHand } from '../../src/fidelity/signs-of-a-hand.js'

const header = '# 2026-01-05 10:00:00 by RouterOS 7.16.1\n# software id = ABCD-1234\n#\n'

describe('signs that somebody was at an export', () => {
  it('are none in what a router wrote: wrapped, terse, with remarks and scripts', () => {
    const untouched = `${header}/interface bridge
add name=lan
/ip dhcp-client
# Interface not active
add interface=ether1
/radius
add comment="x=[find]" secret=xxxxxxxxxxxx
/interface wifi
set [ find default-name=wifi1 ] configuration.country=Latvia .mode=ap
/system script add name=s source="  :put \\"a  b\\"\\
    \\n# no comment\\
    \\n"
/ip hotspot profile
set [ find default=yes ] dns-name=inside.example.net html-directory-override=\\
    f
/user group
add name=staff policy="read,winbox,dude,!local,!telnet,!ssh,!ftp,!reboot,\\
    !write,!policy,!test,!password,!web,!sniff,!sensitive,!api,!romon,!tikapp"
#error exporting "/system/routerboard/mode-button"
`

    expect(signsOfAHand(untouched)).toEqual([])
  })

  for (const [sign, text] of [
    ['the header is not the first line', '/interface bridge\nadd name=lan\n'],
    ['the header is not the first line', `router one\n${header}`],
    ['a line that exports do not hold', `${header}/interface bridge\n\nadd name=lan\n`],
    ['a line that exports do not hold', `${header}[admin@r] > /ip address export\n`],
    ['a line that exports do not hold', `${header}/ip/address\nadd address=192.0.2.1/24\n`],
    ['blanks that exports do not hold', `${header}/interface bridge\nadd  name=lan\n`],
    ['a command that is cut off', `${header}/interface bridge\nadd comment="and then`],
    ['a command that is cut off', `${header}/interface bridge\nadd name=\\\n`],
    ['an expression in place of a value', `${header}/radius\nadd secret=[key] service=ppp\n`],
    ['a value that was taken out', `${header}/radius\nadd secret= service=ppp\n`],
    ['a value that was taken out', `${header}/radius\nadd address=192.0.2.1 secret=\n`],
    ['an expression in place of a value', `${header}/snmp\nset contact=(gone)\n`],
    [
      'a command that was changed and not broken again',
      `${header}/ip dns static\nadd address=192.0.2.1 \\\n    name=printer.example.net\nadd address=192.0.2.2 name=scanner.on-the-first-floor.example.net\n`,
    ],
    [
      'a command that was changed and not broken again',
      `${header}/ip dns static\nadd address=192.0.2.1 comment=\\\n    "the printer" name=p\nadd address=192.0.2.2 name=scanner.on-the-first-floor\n`,
    ],
    ['properties out of order', `${header}/interface bridge\nadd name=lan comment=x\n`],
  ] as const) {
    it(`find ${sign}: ${JSON.stringify(text.replace(header, '').slice(0, 40))}`, () => {
      expect(signsOfAHand(text)).toContain(sign)
    })
  }
})
