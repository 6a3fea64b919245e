/** Commands that make and remove what dialogues work on. Everything is called `tod-probe`, so that a router keeps its own. */
export const addBridge = '/interface bridge add name=tod-probe comment=tod-conformance'
export const removeBridge = '/interface bridge remove [find name=tod-probe]'
export const addAddress = '/ip address add address=192.0.2.1/24 interface=tod-probe'
export const removeAddress = '/ip address remove [find interface=tod-probe]'
export const removeFiles = '/file remove [find name~"^tod-probe"]'
export const removeScheduler = '/system scheduler remove [find name=tod-probe]'
