import { afterEach, describe, expect, it } from 'vitest'
import { openTestServer, type TestServer } from '../test-server.js'

interface EntryBody {
  readonly trigger_type: string
  readonly created_at: string
}

describe('the schedule of a device', () => {
  let server: TestServer
  afterEach(() => server.close())

  const entries = async () => (await (await server.call('GET', '/backups')).json()) as EntryBody[]

  it('makes backups by itself, one for each slot', async () => {
    server = await openTestServer({ env: { TOD_BACKGROUND: 'yes' } })
    const body = { cron_expression: '* * * * *', enabled: true }
    expect((await server.call('PUT', '/schedules', { body })).status).toBe(200)

    await expect.poll(async () => (await entries()).length, { timeout: 25_000 }).toBeGreaterThanOrEqual(2)

    const made = await entries()
    const slots = made.map((entry) => Math.floor(Date.parse(entry.created_at) / 60_000))
    expect(made.every((entry) => entry.trigger_type === 'scheduled')).toBe(true)
    expect(new Set(slots).size).toBe(made.length)
  })
})
