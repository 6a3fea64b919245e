import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ids, openTestServer, type TestServer } from '../test-server.js'

describe('a POST with an Idempotency-Key', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer()
  })
  afterEach(() => server.close())

  const headers = { 'idempotency-key': 'once' }
  const backups = async () =>
    (await (await server.call('GET', '/backups')).json()) as { commit_sha: string }[]

  it('is done once, and a repeat gets the same answer', async () => {
    const first = await server.call('POST', '/backups', { headers })
    const again = await server.call('POST', '/backups', { headers })

    expect(again.status).toBe(201)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await again.json()).toEqual(await first.json())
    expect(await backups()).toHaveLength(1)
  })

  it('is told the same address again', async () => {
    const [newest] = await await server.call('POST', '/backups').then(backups)
    const asked = {
      headers: { ...headers, prefer: 'respond-async' },
      body: { commit_sha: newest?.commit_sha },
    }
    const first = await server.call('POST', '/restore', asked)
    const again = await server.call('POST', '/restore', asked)

    expect(first.status).toBe(202)
    expect(again.status).toBe(202)
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(again.headers.get('preference-applied')).toBe('respond-async')
  })

  it('is done once when it comes several times at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.call('POST', '/backups', { headers })))

    for (const answer of answers) {
      expect([201, 409]).toContain(answer.status)
      if (answer.status === 409) {
        expect(await answer.json()).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' })
        expect(answer.headers.get('retry-after')).not.toBeNull()
      }
    }
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
    expect(await backups()).toHaveLength(1)
  })

  it('is refused when the key was used for something else', async () => {
    await server.call('POST', '/backups', { headers })
    const elsewhere = await server.call('POST', '/checkpoint', { headers })
    const body = { commit_sha: 'abcd' }
    const otherKey = { 'idempotency-key': 'other' }
    await server.call('POST', '/preview-restore', {
      headers: otherKey,
      body: { commit_sha: (await backups())[0]?.commit_sha },
    })
    const otherBody = await server.call('POST', '/preview-restore', { headers: otherKey, body })

    expect(elsewhere.status).toBe(422)
    expect(await elsewhere.json()).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
      detail: [{ loc: ['header', 'idempotency-key'] }],
    })
    expect(otherBody.status).toBe(422)
  })

  it('shares its key with nobody else', async () => {
    const token = await server.apiKey(ids.tenantA, ['config:write'])
    await server.call('POST', '/checkpoint', { headers })
    const other = await server.call('POST', '/backups', { headers, token })

    expect(other.status).toBe(201)
    expect(other.headers.get('idempotent-replayed')).toBeNull()
  })

  it('may be sent again when it came to nothing', async () => {
    const setPassword = (password: string) =>
      server.administer('PATCH', `/${ids.tenantA}/devices/${ids.device}`, {
        body: { credentials: { username: 'admin', password } },
      })
    await setPassword('not this')
    const failed = await server.call('POST', '/backups', { headers })
    await setPassword('correct horse battery')
    const again = await server.call('POST', '/backups', { headers })

    expect(failed.status).toBe(502)
    expect(again.status).toBe(201)
  })

  it.each([
    ['is empty', ''],
    ['has a space', 'a key'],
    ['is too long', 'k'.repeat(201)],
  ])('is refused when the key %s', async (_what, key) => {
    const answer = await server.call('POST', '/backups', { headers: { 'idempotency-key': key } })

    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ detail: [{ loc: ['header', 'idempotency-key'] }] })
  })
})
