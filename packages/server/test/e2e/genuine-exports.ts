import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, delimiter, join, resolve } from 'node:path'

const corpus = resolve(import.meta.dirname, '../../../../../shared/corpus/exports')

const ownExport = `# 2026-01-05 09:00:00 by RouterOS 7.16.1
# software id =
#
/interface bridge
add name=bridge-of-the-plaintext-hunt
/ppp secret
add name=first-known-customer password=first-known-secret
add name=second-known-customer password=second-known-secret
/system identity
set name=gateway-of-the-plaintext-hunt
/snmp
set contact="somebody who is easy to find" enabled=yes
`

interface NamedExport {
  readonly name: string
  /** One character for each byte. */
  readonly text: string
}

const read = (path: string): NamedExport => ({ name: basename(path), text: readFileSync(path, 'latin1') })

const filesOf = (path: string): readonly string[] =>
  statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path]

/**
 * Ways into a router of this configuration: as the simulator has it, and as a neighbour on each network it has an
 * address in. Which of them it admits is its own affair.
 */
export function waysIn({ text }: NamedExport) {
  const neighbours = [
    ...text.matchAll(/address=(\d+\.\d+\.\d+)\.(\d+)\/\d+ .*?interface=("[^"]+"|\S+)/g),
  ].map(([, network, own, onInterface = '']) => ({
    sourceAddress: `${network}.${own === '1' ? 2 : Number(own) - 1}`,
    destinationAddress: `${network}.${own}`,
    ingressInterface: onInterface.replaceAll('"', ''),
  }))
  return [{}, ...neighbours.slice(0, 20)].map((way, index) => ({ name: `way-${index}`, ...way }))
}

/** A small and a large one of each major version, among those that begin as `/export` does and are of the usual size. */
function sampleOf(exports: readonly NamedExport[]): readonly NamedExport[] {
  return ['6', '7'].flatMap((major) => {
    const usual = exports
      .filter(({ text }) => new RegExp(`^# .* by RouterOS ${major}\\.`).test(text))
      .filter(({ text }) => text.length > 4_000 && text.length < 60_000)
      .sort((a, b) => a.text.length - b.text.length)
    return [0.25, 0.9].flatMap((part) => usual[Math.floor(usual.length * part)] ?? [])
  })
}

/**
 * Exports to load into a router: those that `TOD_EXPORTS` names (files or folders, divided as `PATH` is), or else one
 * of our own and, where the corpus is at hand, a sample of genuine ones.
 */
export function exportsToTry(): readonly NamedExport[] {
  const named = process.env.TOD_EXPORTS
  if (named !== undefined) return named.split(delimiter).flatMap(filesOf).map(read)
  const own = { name: 'an export of our own', text: ownExport }
  if (!existsSync(corpus)) {
    console.warn('The corpus of genuine exports is not here: this runs on an export of our own only.')
    return [own]
  }
  return [own, ...sampleOf(filesOf(corpus).map(read))]
}
