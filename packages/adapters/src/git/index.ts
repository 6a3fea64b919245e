export { type FileSystem, nodeFileSystem } from './file-system.js'
export type { ForeignRevision, SkippedFile } from './foreign-revision.js'
export { GitRepositoryMaintenance } from './git-repository-maintenance.js'
export { GitWrappedKeyStore } from './git-wrapped-key-store.js'
export {
  type ImportOptions,
  type ImportPorts,
  type ImportReport,
  importRevisions,
} from './import-revisions.js'
export { type ImportPlan, type ImportSource, openImportSource, planImport } from './import-source.js'
export { IsomorphicGitStore } from './isomorphic-git-store.js'
export { type OpenRevisionOptions, openRevision } from './open-revision.js'
export type { GitRootOptions } from './repository-pool.js'
