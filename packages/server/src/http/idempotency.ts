import { createHash } from 'node:crypto'
import type { OpenedDatabase } from '@tod/adapters/sqlite'
import type { TenantScope } from '@tod/core'
import type { Request } from 'express'
import { HttpError, type HttpErrorCode } from './http-error.js'
import type { Reply, Route } from './route.js'

/** Answers are given again for a day. */
const keepMs = 24 * 3600 * 1000

/** Longer than any request takes; a key that a dead process holds is free again after it. */
const holdMs = 3600 * 1000

/** The part of the database's store that is used here. */
type Store = Pick<OpenedDatabase['idempotency'], 'begin' | 'finish' | 'abandon'>

const acceptable = /^[\x21-\x7e]{1,200}$/

const digestOf = (route: Route, req: Request): string =>
  createHash('sha256')
    .update(JSON.stringify([route.method, req.path, req.body ?? null]))
    .digest('hex')

const refusedKey = (code: HttpErrorCode, msg: string): HttpError =>
  new HttpError(422, code, [{ loc: ['header', 'idempotency-key'], msg, type: 'value_error' }])

/** Runs a POST once for one `Idempotency-Key`; a repeat gets the first answer again. Without the header it just runs. */
export class Idempotency {
  constructor(private readonly store: Store) {}

  async once(scope: TenantScope, route: Route, req: Request, run: () => Promise<Reply>): Promise<Reply> {
    const key = req.get('idempotency-key')
    if (key === undefined || route.method !== 'post') return run()
    if (!acceptable.test(key)) {
      throw refusedKey('REQUEST_INVALID', 'It has to be 1 to 200 visible ASCII characters.')
    }
    const before = await this.store.begin(scope, { key, digest: digestOf(route, req), holdMs })
    switch (before.verdict) {
      case 'again':
        if (route.keepsAnswer === false) {
          throw new HttpError(
            409,
            'ANSWER_NOT_KEPT',
            'Done by the first request with this key; its answer held a secret and is not kept.',
          )
        }
        return {
          status: before.answer.status,
          json: before.answer.body,
          headers: { ...before.answer.headers, 'Idempotent-Replayed': 'true' },
        }
      case 'in-progress':
        throw new HttpError(
          409,
          'IDEMPOTENCY_IN_PROGRESS',
          'The first request with this key is still running.',
          { 'Retry-After': '5' },
        )
      case 'other-request':
        throw refusedKey('IDEMPOTENCY_KEY_REUSED', 'This key was used for another request.')
      case 'first':
        return this.runFirst(scope, key, route, run)
    }
  }

  private async runFirst(
    scope: TenantScope,
    key: string,
    route: Route,
    run: () => Promise<Reply>,
  ): Promise<Reply> {
    const reply = await run().catch(async (error: unknown) => {
      await this.store.abandon(scope, key)
      throw error
    })
    const body = 'json' in reply && route.keepsAnswer !== false ? reply.json : null
    const { status, headers = {} } = reply
    await this.store.finish(scope, key, { status, headers, body, keepMs })
    return reply
  }
}
