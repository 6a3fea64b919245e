import { expect } from 'vitest'
import type { GitMaintenance, RevisionsByDevice } from '../ports/git-maintenance.js'
import type { GitStore } from '../ports/git-store.js'
import {
  type ContractCases,
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { sampleRevision } from './git-store-contract.js'
import { forgedScope, testIds, testScope } from './test-scopes.js'

/** The upkeep and the store whose repositories it keeps. */
export interface OpenedGitMaintenance extends OpenedPort<GitMaintenance> {
  readonly store: GitStore
}

const scope = testScope()
const other = testScope(testIds.tenantB)
const deviceId = testIds.device1

/** What every `GitMaintenance` has to do. */
export function describeGitMaintenanceContract(
  name: string,
  open: OpenPort<OpenedGitMaintenance>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as GitMaintenance`, open, cases, options)
}

async function recordMany(store: GitStore, count: number, device: string = deviceId): Promise<string[]> {
  const shas: string[] = []
  for (let at = 0; at < count; at++) {
    const revision = sampleRevision(`${at}`, shas.at(-1) ?? null, { deviceId: device })
    shas.push((await store.record(scope, revision)).commitSha)
  }
  return shas
}

async function listed(store: GitStore, device: string = deviceId): Promise<string[]> {
  return (await store.history(scope, { deviceId: device })).map((revision) => revision.commitSha)
}

function dropOf(...shas: (string | undefined)[]): Map<string, Set<string>> {
  return new Map([[deviceId, new Set(shas.flatMap((sha) => sha ?? []))]])
}

const cases: ContractCases<OpenedGitMaintenance> = {
  'drops what is named, wherever it stands, and keeps the shas and content of the rest': async (opened) => {
    const { port, store } = opened
    const shas = await recordMany(store, 5)

    const { droppedRevisions } = await port.retain(scope, dropOf(shas[0], shas[2]))

    expect(droppedRevisions).toBe(2)
    expect(await listed(store)).toEqual([shas[4], shas[3], shas[1]])
    const kept = { deviceId, commitSha: shas[1] ?? '', file: 'export.rsc' } as const
    await port.compact(scope, { spareMs: 0 })
    expect(new TextDecoder().decode(await store.read(scope, kept))).toBe('1')
  },

  'drops neither the newest revision, nor what was recorded since the caller looked, nor other devices':
    async (opened) => {
      const { port, store } = opened
      const shas = await recordMany(store, 2)
      const others = await recordMany(store, 2, testIds.device2)

      await port.retain(scope, dropOf(...shas))

      expect(await listed(store)).toEqual([shas[1]])
      expect(await listed(store, testIds.device2)).toEqual(others.toReversed())
    },

  'does nothing more when it is run again': async ({ port, store }) => {
    const shas = await recordMany(store, 4)
    await port.retain(scope, dropOf(shas[1]))

    expect(await port.retain(scope, dropOf(shas[1]))).toEqual({ droppedRevisions: 0 })
    expect(await listed(store)).toEqual([shas[3], shas[2], shas[0]])
  },

  'tells what is gone before it is done, and what a killed run had dropped with the next batch': async ({
    port,
    store,
  }) => {
    const shas = await recordMany(store, 4)
    const told: string[][] = []
    const forget = async (gone: RevisionsByDevice) => {
      told.push([...(gone.get(deviceId) ?? [])])
    }
    const killed = new Error('killed')
    const kill = () => Promise.reject(killed)

    await expect(port.retain(scope, dropOf(shas[1], shas[3]), { forget: kill })).rejects.toBe(killed)
    await port.retain(scope, new Map(), { forget })
    await port.retain(scope, new Map(), { forget })

    expect(told).toEqual([[shas[1]]])
    expect(await listed(store)).toEqual([shas[3], shas[2], shas[0]])
  },

  'finds no damage and counts what is there, before and after it packs': async ({ port, store }) => {
    await recordMany(store, 3)
    const loose = await port.stats(scope)
    expect(loose).toMatchObject({ devices: 1, revisions: 3, packedObjects: 0 })

    await port.compact(scope, { spareMs: 0 })

    const packed = await port.stats(scope)
    expect(packed).toMatchObject({ devices: 1, revisions: 3, looseObjects: 0 })
    expect(packed.packedObjects).toBe(loose.looseObjects)
    expect(await port.verify(scope)).toEqual({ checkedObjects: loose.looseObjects, damage: [] })
  },

  'removes what nothing refers to, unless it is young': async ({ port, store }) => {
    const shas = await recordMany(store, 3)
    await port.retain(scope, dropOf(shas[0]))

    expect((await port.compact(scope, { spareMs: 3_600_000 })).removedObjects).toBe(0)
    expect((await port.compact(scope, { spareMs: 0 })).removedObjects).toBeGreaterThan(0)
    expect(await listed(store)).toEqual([shas[2], shas[1]])
  },

  'has nothing to do for a tenant without a repository, and makes none': async ({ port, store }) => {
    expect(await port.stats(other)).toMatchObject({ devices: 0, revisions: 0, apparentBytes: 0 })
    expect(await port.verify(other)).toEqual({ checkedObjects: 0, damage: [] })
    expect(await port.compact(other, { spareMs: 0 })).toMatchObject({ removedObjects: 0 })
    expect(await port.retain(other, dropOf('ab'.repeat(20)))).toEqual({ droppedRevisions: 0 })
    expect(await store.listDevices(other)).toEqual([])
  },

  'touches nothing of another tenant': async ({ port, store }) => {
    const shas = await recordMany(store, 2)

    await port.retain(other, dropOf(...shas))
    await port.compact(other, { spareMs: 0 })

    expect(await listed(store)).toEqual(shas.toReversed())
    expect((await port.stats(scope)).packedObjects).toBe(0)
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    await expectCode(port.retain(forgedScope(), dropOf()), 'SCOPE_INVALID')
    await expectCode(port.compact(forgedScope(), { spareMs: 0 }), 'SCOPE_INVALID')
    await expectCode(port.verify(forgedScope()), 'SCOPE_INVALID')
    await expectCode(port.stats(forgedScope()), 'SCOPE_INVALID')
  },
}
