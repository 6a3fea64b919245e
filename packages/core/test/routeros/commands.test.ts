import { describe, expect, it } from 'vitest'
import {
  exportCommand,
  readFileSizeCommand,
  removeFilesCommand,
  withEndMarker,
} from '../../src/routeros/commands.js'
import { armGuardCommand, disarmGuardCommand } from '../../src/routeros/guard-commands.js'
import { launchCommand, parseOutcome, planScript } from '../../src/routeros/launch-script.js'
import { nonceOfGuard, pushNames } from '../../src/routeros/push-names.js'
import { parseVersion } from '../../src/routeros/router-version.js'

const names = pushNames('0123456789abcdef', 'flash')
const version = (text: string) => parseVersion(text) ?? { text, major: 0, minor: 0, patch: 0 }

describe('commands', () => {
  it('are one line each, whatever the names in them', () => {
    const hostile = 'x"; /system reset-configuration\n$[:put y]'
    const commands = [
      readFileSizeCommand(hostile),
      removeFilesCommand([hostile]),
      armGuardCommand(names, 180_000, 10_000, ['read']),
      disarmGuardCommand(names),
      launchCommand(names, version('7.16')),
    ]

    for (const command of commands) expect(withEndMarker(command, 'end')).not.toMatch(/[\r\n]/)
  })

  it('keep a hostile name inside its quotes', () => {
    const { text } = removeFilesCommand(['x"; /system reset-configuration'])

    expect(text).toContain('"x\\"; /system reset-configuration"')
  })

  it('ask for secrets as each major version wants it', () => {
    expect(exportCommand(6, 'included').text).toBe('/export')
    expect(exportCommand(6, 'omitted').text).toBe('/export hide-sensitive')
    expect(exportCommand(7, 'included').text).toBe('/export show-sensitive')
    expect(exportCommand(7, 'omitted').text).toBe('/export')
  })
})

describe('the guard', () => {
  it('has an explicit start and an interval on the timed entry, and no interval on the boot entry', () => {
    const { text } = armGuardCommand(names, 180_500, 10_000, ['read', 'write'])

    expect(text).toMatch(/-boot" start-time=startup interval=0s policy=read,write /)
    expect(text).toMatch(/abcdef" start-date=\$date start-time=\$time interval=181s policy=read,write /)
    expect(text).not.toMatch(/startup interval=[1-9]/)
  })

  it('is known by its nonce', () => {
    expect(nonceOfGuard(names.timedGuard)).toBe(names.nonce)
    expect(nonceOfGuard(names.bootGuard)).toBe(names.nonce)
    expect(nonceOfGuard('tod-guard-x')).toBeUndefined()
    expect(nonceOfGuard('nightly')).toBeUndefined()
  })

  it('takes no nonce that is none', () => {
    expect(() => pushNames('x', '')).toThrow(TypeError)
  })
})

describe('the plan script', () => {
  const line = (text: string, movesClock = false) => ({ text, movesClock })

  it('stops at its first line without both entries of its guard', () => {
    const [first] = planScript(names, [line('/x')], 180).split('\n')

    expect(first).toMatch(/^:if \(.*abcdef" disabled=no.* or .*-boot" disabled=no.*\) do=\{ :error/)
  })

  it('says before each statement which one runs, and done at the end', () => {
    const script = planScript(names, [line('/a'), line('/b')], 180)

    expect(script.split('\n').slice(2)).toEqual([
      ':global todstep0123456789abcdef "1"',
      '/a',
      ':global todstep0123456789abcdef "2"',
      '/b',
      ':global todstep0123456789abcdef "done"',
      '',
    ])
  })

  it('puts the uptime timer on and the timed entry off before the first statement that moves the clock', () => {
    const lines = planScript(names, [line('/a'), line('/clock', true), line('/b'), line('/ntp', true)], 180)
      .split('\n')
      .filter((each) => !each.startsWith(':global'))

    expect(lines[1]).toBe('/a')
    expect(lines[2]).toMatch(/^:execute script=":delay 180s; :if /)
    expect(lines[3]).toMatch(/disabled=yes$/)
    expect(lines.slice(4)).toEqual(['/clock', '/b', '/ntp', ''])
  })
})

describe('the outcome file', () => {
  it('is read by its nonce', () => {
    expect(parseOutcome(names, `${names.nonce} success\r\n`)).toEqual({ kind: 'success' })
    expect(parseOutcome(names, `${names.nonce} running`)).toEqual({ kind: 'running' })
    expect(parseOutcome(names, 'fedcba9876543210 success')).toEqual({ kind: 'none' })
    expect(parseOutcome(names, undefined)).toEqual({ kind: 'none' })
    expect(parseOutcome(names, `${names.nonce} successful`)).toEqual({ kind: 'none' })
  })

  it('tells statement and text of an error', () => {
    expect(parseOutcome(names, `${names.nonce} error 3 failure: already have such address`)).toEqual({
      kind: 'error',
      statementIndex: 3,
      text: 'failure: already have such address',
    })
    expect(parseOutcome(names, `${names.nonce} error 0`)).toEqual({ kind: 'error' })
  })
})
