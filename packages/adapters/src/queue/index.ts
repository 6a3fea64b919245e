export { defaultQueueSchema, type MigrateQueueOptions, migrateQueue } from './migrate-queue.js'
export { PgBossQueue, type PgBossQueueOptions } from './pg-boss-queue.js'
