export {
  type ContractCases,
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
export { FakeClock } from './fake-clock.js'
export { describeGitStoreContract, sampleTrailers } from './git-store-contract.js'
export { InMemoryGitStore } from './in-memory-git-store.js'
export { forgedScope, openGuard, testIds, testScope, testSystemScope } from './test-scopes.js'
