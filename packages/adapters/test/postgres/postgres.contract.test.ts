import { describe, it } from 'vitest'
import { describeRepositories } from '../sql/describe-repositories.js'
import { postgres, usePostgres } from './postgres-harness.js'

const { openCase } = usePostgres()

if ('unavailable' in postgres) {
  const { unavailable } = postgres
  describe('PostgreSQL', () => {
    it.skip(`keeps the contracts (${unavailable})`, () => {})
  })
} else {
  describeRepositories('PostgreSQL', openCase)
}
