import { readFileSync, readdirSync } from 'node:fs'

/** Clock ticks of /proc are 10 ms on every Linux that Node runs on. */
const MICROS_PER_TICK = 10_000

interface Stat { readonly parent: number; readonly ticks: number; readonly buriedTicks: number }

/** proc(5): the command's name stands in brackets and may hold spaces. Undefined when the process has just ended. */
const statOf = (pid: string): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number)
    const [parent = 0, user = 0, system = 0, buriedUser = 0, buriedSystem = 0] = [fields[1], ...fields.slice(11, 15)]
    return { parent, ticks: user + system, buriedTicks: buriedUser + buriedSystem }
  } catch {
    return undefined
  }
}

/** CPU time of a process, of its children and of the children it has buried, µs. */
const cpuOfTree = (pid: number): number => {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(statOf).filter((stat) => stat?.parent === pid)
  const root = statOf(String(pid))
  const ticks = [root, ...children].reduce((sum, stat) => sum + (stat?.ticks ?? 0) + (stat?.buriedTicks ?? 0), 0)
  return ticks * MICROS_PER_TICK
}

const ownCpu = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** By kind of process, µs. */
export interface Cpu { readonly node: number; readonly postgresql: number; readonly nats: number }

interface Servers { readonly postgresPid: number; readonly natsPid: number }

/** This process, the servers, and `more` processes of ours. */
export const cpuNow = ({ postgresPid, natsPid }: Servers, more: ReadonlyArray<number> = []): Cpu => ({
  node: more.reduce((sum, pid) => sum + cpuOfTree(pid), ownCpu()), postgresql: cpuOfTree(postgresPid), nats: cpuOfTree(natsPid),
})

/** What each of `events` took since `before`. */
export const cpuEach = (before: Cpu, now: Cpu, events: number): Cpu => ({
  node: (now.node - before.node) / events, postgresql: (now.postgresql - before.postgresql) / events,
  nats: (now.nats - before.nats) / events,
})

export const cpuSum = ({ node, postgresql, nats }: Cpu): number => node + postgresql + nats
