import { describeDeviceDirectoryContract, InMemoryDeviceDirectory } from '@tod/core/testing'

describeDeviceDirectoryContract('InMemoryDeviceDirectory', async () => ({
  port: new InMemoryDeviceDirectory(),
}))
