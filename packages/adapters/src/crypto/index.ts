export { type DataKey, KeyRing, type KeyRingOptions } from './key-ring.js'
export { LibsodiumSecretBox } from './libsodium-secret-box.js'
export { type KeyProvider, type MasterKey, staticKeyProvider, toMasterKey } from './master-key.js'
export {
  createMasterKeyFile,
  readMasterKeyFile,
  readMasterKeyVariable,
  readOrCreateMasterKeyFile,
} from './master-key-file.js'
export { formatMasterKey, parseMasterKeys } from './master-key-text.js'
export { MirroredWrappedKeyStore } from './mirrored-wrapped-key-store.js'
export { PlaintextSecretBox } from './plaintext-secret-box.js'
export {
  formatRecoveryKit,
  gatherRecoveryKit,
  parseRecoveryKit,
  type RecoveryKit,
  restoreKeys,
} from './recovery-kit.js'
export type { KeyChange } from './rotate-keys.js'
export { type SecretBoxes, TieredSecretBox } from './tiered-secret-box.js'
export { TransitSecretBox, type TransitSecretBoxOptions } from './transit-secret-box.js'
