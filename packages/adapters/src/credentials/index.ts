export {
  type EnvironmentCredentialOptions,
  EnvironmentCredentialStore,
} from './environment-credential-store.js'
export { CredentialFileExposedError, FileCredentialStore } from './file-credential-store.js'
export { VaultKvCredentialStore, type VaultKvOptions } from './vault-kv-credential-store.js'
