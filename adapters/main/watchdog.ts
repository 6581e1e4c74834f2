import { Worker } from 'node:worker_threads'

const MS_PER_SECOND = 1_000
/** Signs of life within the limit. */
const SIGNS = 4

/** Runs in a thread of its own, since the event loop that it watches may never come round again. */
const WATCH = `
const { parentPort, workerData } = require('node:worker_threads')
let heardAt = Date.now()
parentPort.on('message', () => { heardAt = Date.now() })
setInterval(() => { if (Date.now() - heardAt > workerData.limitMs) process.kill(process.pid, 'SIGKILL') }, workerData.limitMs / ${SIGNS})`

export interface Watchdog { readonly stop: () => Promise<void> }

/**
 * Ends the process when its event loop has stood still for `limitSeconds`: a body that makes it loop for ever would
 * otherwise stop it for good, alive to everybody but useless (reliability 5.5, G9). Whoever runs it starts it again.
 */
export const watchdog = (limitSeconds: number): Watchdog => {
  const limitMs = limitSeconds * MS_PER_SECOND
  const thread = new Worker(WATCH, { eval: true, workerData: { limitMs } })
  thread.unref()
  const signs = setInterval(() => { thread.postMessage('alive') }, limitMs / SIGNS)
  signs.unref()
  return { stop: async () => {
    clearInterval(signs)
    await thread.terminate()
  } }
}
