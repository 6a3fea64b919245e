import { describeDeviceLockContract, FakeClock, InMemoryDeviceLock } from '@tod/core/testing'

describeDeviceLockContract('InMemoryDeviceLock', async () => {
  const port = new InMemoryDeviceLock(new FakeClock())
  return { port, expireLease: (scope, deviceId) => port.expireLease(scope, deviceId) }
})
