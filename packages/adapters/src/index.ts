export { createLocalTod, type LocalTod, type LocalTodOptions } from './create-local-tod.js'
export { scaledClock, systemClock } from './system-clock.js'
