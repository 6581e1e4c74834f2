/**
 * What must not outlive this process: mounts, loop devices, stopped processes. Undone when its owner says so, else when the process
 * ends, by a failure or by Ctrl-C too.
 */
const pending = new Set<() => void>()
let isWatching = false

const undoAll = (): void => {
  for (const undo of [...pending].reverse()) undo()
  pending.clear()
}

const watchOnce = (): void => {
  if (isWatching) return
  isWatching = true
  process.once('exit', undoAll)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => { process.exit(1) })
}

/** Answers how to undo it before the end; `undo` is synchronous and does not throw. */
export const undoAtExit = (undo: () => void): (() => void) => {
  watchOnce()
  pending.add(undo)
  return () => { if (pending.delete(undo)) undo() }
}
