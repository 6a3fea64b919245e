import {
  KeyRing,
  LibsodiumSecretBox,
  PlaintextSecretBox,
  staticKeyProvider,
  toMasterKey,
} from '@tod/adapters/crypto'
import { describeSecretBoxContract, InMemoryWrappedKeyStore } from '@tod/core/testing'

describeSecretBoxContract('LibsodiumSecretBox', async () => {
  const masterKeys = staticKeyProvider([await toMasterKey(new Uint8Array(32).fill(7))])
  return { port: new LibsodiumSecretBox(new KeyRing({ masterKeys, store: new InMemoryWrappedKeyStore() })) }
})

const nothingHidden = 'plaintext mode stores content as it is'
describeSecretBoxContract('PlaintextSecretBox', async () => ({ port: new PlaintextSecretBox() }), {
  skip: {
    'gives other bytes for another device, file, tenant or content': nothingHidden,
    'shows nothing of the content': nothingHidden,
    'does not open at another place': nothingHidden,
    'refuses any flipped byte and any cut': nothingHidden,
  },
})
