import { describeScheduleRepositoryContract, InMemoryScheduleRepository } from '@tod/core/testing'

describeScheduleRepositoryContract('InMemoryScheduleRepository', async () => ({
  port: new InMemoryScheduleRepository(),
}))
