import { describeAuditLogContract, InMemoryAuditLog } from '@tod/core/testing'

describeAuditLogContract('InMemoryAuditLog', async () => ({ port: new InMemoryAuditLog() }))
