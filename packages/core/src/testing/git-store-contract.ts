import { expect } from 'vitest'
import type { RevisionTrailers } from '../model/revision.js'
import type { GitStore, NewRevision } from '../ports/git-store.js'
import {
  type ContractOptions,
  describeContract,
  expectBytes,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope } from './test-scopes.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const deviceId = testIds.device1

/** Trailers as a backup writes them. */
export function sampleTrailers(changes: Partial<RevisionTrailers> = {}): RevisionTrailers {
  return {
    runId: '10000000-0000-4000-8000-000000000001',
    trigger: 'manual',
    tier: 1,
    keyVersion: 1,
    exportDigest: 'ab'.repeat(32),
    binaryDigest: null,
    ...changes,
  }
}

/** A revision whose files are made of a text. */
export function sampleRevision(
  text: string,
  expectedParent: string | null,
  changes: Partial<NewRevision> = {},
): NewRevision {
  return {
    deviceId,
    files: {
      'export.rsc': bytes(text),
      'backup.bin': bytes(`bin ${text}`),
      'meta.json': bytes(`meta ${text}`),
    },
    subject: `manual: ${deviceId}`,
    trailers: sampleTrailers(),
    createdAt: Date.UTC(2026, 0, 5, 10, 0, 0),
    expectedParent,
    ...changes,
  }
}

/** Bytes of a text, UTF-8. */
function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** What every `GitStore` has to do. */
export function describeGitStoreContract(
  name: string,
  open: OpenPort<OpenedPort<GitStore>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as GitStore`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<GitStore>) => Promise<void>> = {
  'keeps the bytes of every file exactly': async ({ port }) => {
    const every = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff)
    const { commitSha } = await port.record(
      scope,
      sampleRevision('x', null, {
        files: { 'export.rsc': bytes('/ip address\r\n'), 'backup.bin': every, 'meta.json': new Uint8Array() },
      }),
    )

    expect(await port.read(scope, { deviceId, commitSha, file: 'export.rsc' })).toEqual(
      bytes('/ip address\r\n'),
    )
    expectBytes(await port.read(scope, { deviceId, commitSha, file: 'backup.bin' }), every)
    expect(await port.read(scope, { deviceId, commitSha, file: 'meta.json' })).toEqual(new Uint8Array())
  },

  'names a revision by 40 hex digits and gives the parent back': async ({ port }) => {
    const first = await port.record(scope, sampleRevision('1', null))
    const second = await port.record(scope, sampleRevision('2', first.commitSha))

    expect(first.commitSha).toMatch(/^[0-9a-f]{40}$/)
    expect(first.parentSha).toBeNull()
    expect(second.parentSha).toBe(first.commitSha)
  },

  'gives back subject, trailers, time and sizes': async ({ port }) => {
    const trailers = sampleTrailers({
      trigger: 'checkpoint',
      tier: null,
      keyVersion: 0,
      binaryDigest: 'cd'.repeat(32),
    })
    const { commitSha } = await port.record(
      scope,
      sampleRevision('abc', null, { subject: 'checkpoint: d', trailers }),
    )

    expect(await port.head(scope, deviceId)).toEqual({
      deviceId,
      commitSha,
      parentSha: null,
      createdAt: Date.UTC(2026, 0, 5, 10, 0, 0),
      subject: 'checkpoint: d',
      trailers,
      files: { 'export.rsc': 3, 'backup.bin': 7, 'meta.json': 8 },
    })
  },

  'has no head and an empty history before the first revision': async ({ port }) => {
    expect(await port.head(scope, deviceId)).toBeUndefined()
    expect(await port.history(scope, { deviceId })).toEqual([])
    expect(await port.listDevices(scope)).toEqual([])
  },

  'lists the history of one device newest first, in pages': async ({ port }) => {
    const shas: string[] = []
    for (let index = 0; index < 5; index++) {
      const { commitSha } = await port.record(scope, sampleRevision(`${index}`, shas[0] ?? null))
      shas.unshift(commitSha)
      await port.record(
        scope,
        sampleRevision(`other ${index}`, (await port.head(scope, testIds.device2))?.commitSha ?? null, {
          deviceId: testIds.device2,
        }),
      )
    }

    const all = await port.history(scope, { deviceId })
    const page = await port.history(scope, { deviceId, limit: 2 })
    const next = await port.history(scope, { deviceId, limit: 2, before: page[1]?.commitSha ?? '' })

    expect(all.map((entry) => entry.commitSha)).toEqual(shas)
    expect(page.map((entry) => entry.commitSha)).toEqual(shas.slice(0, 2))
    expect(next.map((entry) => entry.commitSha)).toEqual(shas.slice(2, 4))
  },

  'records a revision without a binary backup': async ({ port }) => {
    const { commitSha } = await port.record(
      scope,
      sampleRevision('x', null, { files: { 'export.rsc': bytes('x'), 'meta.json': bytes('m') } }),
    )

    expect(Object.keys((await port.head(scope, deviceId))?.files ?? {}).sort()).toEqual([
      'export.rsc',
      'meta.json',
    ])
    await expectCode(port.read(scope, { deviceId, commitSha, file: 'backup.bin' }), 'REVISION_NOT_FOUND')
  },

  'takes a file over from an earlier revision as it is': async ({ port }) => {
    const first = await port.record(scope, sampleRevision('first', null))
    const second = await port.record(
      scope,
      sampleRevision('second', first.commitSha, {
        files: { 'export.rsc': { keepFrom: first.commitSha }, 'meta.json': bytes('m2') },
      }),
    )

    expect(await port.read(scope, { deviceId, commitSha: second.commitSha, file: 'export.rsc' })).toEqual(
      bytes('first'),
    )
  },

  'refuses to take over from a revision of another device': async ({ port }) => {
    const foreign = await port.record(scope, sampleRevision('foreign', null, { deviceId: testIds.device2 }))

    await expectCode(
      port.record(
        scope,
        sampleRevision('x', null, { files: { 'export.rsc': { keepFrom: foreign.commitSha } } }),
      ),
      'REVISION_NOT_FOUND',
    )
    expect(await port.head(scope, deviceId)).toBeUndefined()
  },

  'refuses a revision whose parent is not the newest, and lists nothing of it': async ({ port }) => {
    const first = await port.record(scope, sampleRevision('1', null))

    await expectCode(port.record(scope, sampleRevision('2', null)), 'STORAGE_CONFLICT')
    await expectCode(port.record(scope, sampleRevision('2', '0'.repeat(40))), 'STORAGE_CONFLICT')
    expect((await port.history(scope, { deviceId })).map((entry) => entry.commitSha)).toEqual([
      first.commitSha,
    ])
  },

  'lets one of many writers on the same parent win': async ({ port }) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => port.record(scope, sampleRevision(`racer ${index}`, null))),
    )

    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await port.history(scope, { deviceId })).toHaveLength(1)
  },

  'lets many devices record at once': async ({ port }) => {
    const ids = Array.from({ length: 20 }, (_, index) => `e0000000-0000-4000-8000-0000000000${index + 10}`)

    await Promise.all(ids.map((id) => port.record(scope, sampleRevision(id, null, { deviceId: id }))))

    expect(await port.listDevices(scope)).toEqual(ids)
  },

  'does not find a revision of another device': async ({ port }) => {
    const foreign = await port.record(scope, sampleRevision('foreign', null, { deviceId: testIds.device2 }))
    await port.record(scope, sampleRevision('own', null))

    await expectCode(
      port.read(scope, { deviceId, commitSha: foreign.commitSha, file: 'export.rsc' }),
      'REVISION_NOT_FOUND',
    )
    await expectCode(port.resolve(scope, { deviceId, prefix: foreign.commitSha }), 'REVISION_NOT_FOUND')
  },

  'does not find a revision of another tenant': async ({ port }) => {
    const { commitSha } = await port.record(scope, sampleRevision('secret', null))

    await expectCode(port.read(other, { deviceId, commitSha, file: 'export.rsc' }), 'REVISION_NOT_FOUND')
    await expectCode(port.resolve(other, { deviceId, prefix: commitSha }), 'REVISION_NOT_FOUND')
    expect(await port.head(other, deviceId)).toBeUndefined()
    expect(await port.history(other, { deviceId })).toEqual([])
    expect(await port.listDevices(other)).toEqual([])
  },

  'answers an unknown or malformed sha with not found': async ({ port }) => {
    await port.record(scope, sampleRevision('x', null))

    for (const commitSha of ['f'.repeat(40), 'xyz', '', '../../HEAD', 'HEAD']) {
      await expectCode(port.read(scope, { deviceId, commitSha, file: 'export.rsc' }), 'REVISION_NOT_FOUND')
      await expectCode(port.resolve(scope, { deviceId, prefix: commitSha }), 'REVISION_NOT_FOUND')
    }
  },

  'resolves a short sha of four digits or more in any case, and refuses shorter ones': async ({ port }) => {
    const { commitSha } = await port.record(scope, sampleRevision('x', null))

    expect(await port.resolve(scope, { deviceId, prefix: commitSha })).toBe(commitSha)
    expect(await port.resolve(scope, { deviceId, prefix: commitSha.slice(0, 8).toUpperCase() })).toBe(
      commitSha,
    )
    expect(await port.resolve(scope, { deviceId, prefix: commitSha.slice(0, 4) })).toBe(commitSha)
    await expectCode(port.resolve(scope, { deviceId, prefix: commitSha.slice(0, 3) }), 'REVISION_NOT_FOUND')
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    const forged = forgedScope()

    await expectCode(port.record(forged, sampleRevision('x', null)), 'SCOPE_INVALID')
    await expectCode(
      port.read(forged, { deviceId, commitSha: 'f'.repeat(40), file: 'export.rsc' }),
      'SCOPE_INVALID',
    )
    await expectCode(port.head(forged, deviceId), 'SCOPE_INVALID')
    await expectCode(port.history(forged, { deviceId }), 'SCOPE_INVALID')
    await expectCode(port.resolve(forged, { deviceId, prefix: 'ffff' }), 'SCOPE_INVALID')
    await expectCode(port.listDevices(forged), 'SCOPE_INVALID')
  },
}
