import {
  buildDocument,
  evaluateManagementPath,
  type ManagementPath,
  parseBytes,
  type RscDocument,
} from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { corpusNote, hasCorpus, readCorpus } from '../corpus/corpus.js'

const addressesPerExport = 6
const strangers = ['8.8.4.4']

/** Paths to the stated addresses: from the same network and from afar, over SSH and WinBox. */
function pathsOf(document: RscDocument): { kind: 'near' | 'far'; path: ManagementPath }[] {
  const paths: { kind: 'near' | 'far'; path: ManagementPath }[] = []
  const addresses = (document.menu('/ip address')?.items ?? []).filter(
    (item) => item.properties.get('disabled')?.value !== 'yes',
  )
  for (const item of addresses.slice(0, addressesPerExport)) {
    const [destination = '', length = '32'] = (item.properties.get('address')?.value ?? '').split('/')
    const neighbor = neighborOf(destination, Number(length))
    if (neighbor === undefined) continue
    for (const port of [22, 8291]) {
      if (Number(length) <= 30) paths.push({ kind: 'near', path: { source: neighbor, destination, port } })
      for (const source of strangers) paths.push({ kind: 'far', path: { source, destination, port } })
    }
  }
  return paths
}

/** Another address of the same network, for networks of at most 8 host bits. */
function neighborOf(address: string, length: number): string | undefined {
  const match = /^(\d+\.\d+\.\d+\.)(\d+)$/.exec(address)
  if (match === null) return undefined
  const own = Number(match[2])
  const size = 2 ** (32 - Math.max(24, length))
  const base = own - (own % size)
  const host = [2, 3, 1].map((offset) => base + offset).find((each) => each !== own && each < base + size)
  return host === undefined ? undefined : `${match[1]}${host}`
}

describe.skipIf(!hasCorpus)(`management paths of genuine exports${corpusNote}`, () => {
  it('can mostly be decided', { timeout: 300_000 }, () => {
    const tally = {
      near: { kept: 0, lost: 0, 'cannot tell': 0 },
      far: { kept: 0, lost: 0, 'cannot tell': 0 },
    }
    for (const { bytes } of readCorpus('exports')) {
      const document = buildDocument(parseBytes(bytes))
      for (const { kind, path } of pathsOf(document)) {
        const result = evaluateManagementPath(document, path)
        tally[kind][result.verdict]++
        expect(result.unknowns.length > 0).toBe(result.verdict === 'cannot tell')
        expect(result.trace.length).toBeGreaterThan(0)
      }
    }
    const share = (kind: 'near' | 'far'): number => {
      const { kept, lost, 'cannot tell': open } = tally[kind]
      return open / (kept + lost + open)
    }
    console.info(
      `${JSON.stringify(tally)}; cannot tell: near ${share('near').toFixed(3)}, far ${share('far').toFixed(3)}`,
    )
    expect(share('near')).toBeLessThan(0.12)
    expect(share('far')).toBeLessThan(0.15)
  })
})
