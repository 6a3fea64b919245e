// Backs up devices without end and says on stdout which revisions were acknowledged. Made to be killed.
// Arguments: root, seed, number of devices.
import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import { IsomorphicGitStore } from '@tod/adapters/git'
import { soakLock, soakScope } from './soak-scope.mjs'

const [root = '', seed = '1', deviceCount = '4'] = process.argv.slice(2)
const store = new IsomorphicGitStore({ root, lock: soakLock })
let state = Number(seed)

function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

for (;;) {
  const deviceId = `device-${random(Number(deviceCount))}`
  const head = await store.head(soakScope, deviceId)
  const number = head === undefined ? 0 : Number(head.subject.split(' ')[1]) + 1
  // One in four repeats an earlier content, so that writers meet objects that a sweep is about to remove.
  const text = `${deviceId} ${random(4) === 0 ? number % 5 : number}\n`.repeat(300)
  const exportText = Buffer.from(text)
  try {
    const { commitSha } = await store.record(soakScope, {
      deviceId,
      files: {
        'export.rsc': exportText,
        'backup.bin': createHash('sha512').update(text).digest(),
        'meta.json': Buffer.from(`${deviceId} ${number}`),
      },
      subject: `soak: ${number}`,
      trailers: {
        runId: `${deviceId}-${number}`,
        trigger: 'manual',
        tier: null,
        keyVersion: 0,
        exportDigest: createHash('sha256').update(exportText).digest('hex'),
        binaryDigest: null,
      },
      createdAt: 1_760_000_000_000 + number * 60_000,
      expectedParent: head?.commitSha ?? null,
    })
    writeSync(1, `${JSON.stringify({ deviceId, commitSha, number, digest: digestOf(exportText) })}\n`)
  } catch (error) {
    if (error.code !== 'STORAGE_CONFLICT') throw error
  }
}

function digestOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}
