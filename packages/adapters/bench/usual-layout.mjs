// The usual layout: a tree per tenant on `main`, a folder per device, as isomorphic-git and native git write it.
import { execFileSync } from 'node:child_process'
import * as nodeFs from 'node:fs'
import { join } from 'node:path'
import git from 'isomorphic-git'
import { deviceIdOf } from './make-content.mjs'

const author = { name: 'bench', email: 'bench@localhost', timestamp: 1_760_000_000, timezoneOffset: 0 }

/** The usual layout as isomorphic-git writes it: blobs, folder, the root tree with all devices, a commit, the branch. */
export async function openUsual(root, deviceCount) {
  const gitdir = join(root, 'usual.git')
  const options = { fs: nodeFs, gitdir }
  await git.init({ ...options, bare: true, defaultBranch: 'main' })
  const blob = await git.writeBlob({ ...options, blob: Buffer.from('seed') })
  const folder = await git.writeTree({
    ...options,
    tree: [{ mode: '100644', path: 'export.rsc', oid: blob, type: 'blob' }],
  })
  const entries = new Map()
  for (let at = 0; at < deviceCount; at++) {
    const path = deviceIdOf(at)
    entries.set(path, { mode: '040000', path, oid: folder, type: 'tree' })
  }
  let parent
  const commit = async (deviceId, files, message) => {
    const tree = []
    for (const [path, content] of Object.entries(files)) {
      tree.push({
        mode: '100644',
        path,
        type: 'blob',
        oid: await git.writeBlob({ ...options, blob: content }),
      })
    }
    const oid = await git.writeTree({ ...options, tree })
    // What another process may have written in the meantime is read back first, as every writer of one branch must.
    const current =
      parent === undefined ? [...entries.values()] : (await git.readTree({ ...options, oid: parent })).tree
    const next = current.map((entry) => (entry.path === deviceId ? { ...entry, oid } : entry))
    const root = await git.writeTree({ ...options, tree: next })
    parent = await git.commit({
      ...options,
      message,
      tree: root,
      ref: 'refs/heads/main',
      parent: parent === undefined ? [] : [parent],
      author,
      committer: author,
    })
  }
  await commit(deviceIdOf(0), { 'export.rsc': Buffer.from('first') }, 'first')
  return { gitdir, options, commit }
}

/** Native git writes it from a stream, which takes seconds where commits one by one would take an hour. */
export function writeUsualHistory(gitdir, commits, deviceCount) {
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', gitdir])
  const lines = []
  for (let at = 0; at < commits; at++) {
    const text = `export ${at}`
    lines.push(
      'commit refs/heads/main',
      `committer bench <bench@localhost> ${1_760_000_000 + at} +0000`,
      'data 9',
      'scheduled',
      `M 100644 inline ${deviceIdOf(at % deviceCount)}/export.rsc`,
      `data ${text.length}`,
      text,
      '',
    )
  }
  execFileSync('git', ['--git-dir', gitdir, 'fast-import', '--quiet'], { input: lines.join('\n') })
}
