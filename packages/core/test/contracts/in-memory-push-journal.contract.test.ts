import { describePushJournalContract, InMemoryPushJournal } from '@tod/core/testing'

describePushJournalContract('InMemoryPushJournal', async () => ({ port: new InMemoryPushJournal() }))
