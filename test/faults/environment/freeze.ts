import { readdirSync, readFileSync } from 'node:fs'
import { undoAtExit } from './undo.ts'

/** Parent of a process; undefined when it has ended. The name before it, in brackets, may hold anything. */
const parentOf = (pid: number): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

const childrenOf = (pid: number): ReadonlyArray<number> =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((one) => parentOf(one) === pid)

/** A process that ends meanwhile needs no signal. */
const signal = (pid: number, name: 'SIGSTOP' | 'SIGCONT'): void => {
  try {
    process.kill(pid, name)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause
  }
}

/** Stops a process and its children, the parent first: it makes no more. Answers how to let them go on. */
export const freeze = (pid: number): (() => void) => {
  signal(pid, 'SIGSTOP')
  const all = [pid, ...childrenOf(pid)]
  for (const one of all) signal(one, 'SIGSTOP')
  return undoAtExit(() => { for (const one of all) signal(one, 'SIGCONT') })
}
