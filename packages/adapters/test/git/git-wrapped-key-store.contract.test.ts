import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MirroredWrappedKeyStore } from '@tod/adapters/crypto'
import { GitWrappedKeyStore } from '@tod/adapters/git'
import { describeWrappedKeyStoreContract, InMemoryWrappedKeyStore } from '@tod/core/testing'

async function openStore() {
  const root = await mkdtemp(join(tmpdir(), 'tod-keys-'))
  const store = new GitWrappedKeyStore({ root })
  const close = async () => {
    await store.close()
    await rm(root, { recursive: true })
  }
  return { store, close }
}

describeWrappedKeyStoreContract('GitWrappedKeyStore', async () => {
  const { store, close } = await openStore()
  return { port: store, close }
})

describeWrappedKeyStoreContract('MirroredWrappedKeyStore over memory and git', async () => {
  const { store, close } = await openStore()
  return { port: new MirroredWrappedKeyStore(new InMemoryWrappedKeyStore(), store), close }
})
