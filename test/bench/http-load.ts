import { once } from 'node:events'
import { connect } from 'node:net'
import { quantile } from './median.ts'

/** What one connection asks again and again. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Load { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

const MS_PER_SECOND = 1_000
const SILENT_MS = 20_000
const HEAD_END = Buffer.from('\r\n\r\n')

const bytesOf = ({ method, url, headers = {}, body = '' }: Asked): Buffer => {
  const { host, pathname, search } = new URL(url)
  const lines = Object.entries({ host, ...headers, 'content-length': String(Buffer.byteLength(body)) }).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** Bytes of the whole answer whose beginning this is; undefined while its head is not there. */
const lengthOf = (begun: Buffer): number | undefined => {
  const end = begun.indexOf(HEAD_END)
  if (end < 0) return undefined
  return end + HEAD_END.length + Number(/content-length: (\d+)/i.exec(begun.toString('latin1', 0, end))?.[1] ?? NaN)
}

interface Connection { readonly ask: () => Promise<string>; readonly end: () => void }

/** One request at a time: what comes is its answer. Rejects when the connection closes, or stays silent for long, before that is whole. */
const opened = async (asked: Asked): Promise<Connection> => {
  const { hostname, port } = new URL(asked.url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true }).setTimeout(SILENT_MS)
  await once(socket, 'connect')
  const request = bytesOf(asked)
  let [chunks, bytes, needed, answer]: [Buffer[], number, number, PromiseWithResolvers<string> | undefined] = [[], 0, Infinity, undefined]
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (needed === Infinity) needed = lengthOf(Buffer.concat(chunks)) ?? Infinity
    if (bytes >= needed) answer?.resolve(Buffer.concat(chunks).toString())
  })
  socket.on('timeout', () => { socket.destroy(new Error('no answer in time')) }).on('error', (cause) => { answer?.reject(cause) })
  socket.on('close', () => { answer?.reject(new Error('the connection was closed')) })
  return { end: () => { socket.destroy() }, ask: () => {
    [chunks, bytes, needed, answer] = [[], 0, Infinity, Promise.withResolvers<string>()]
    socket.write(request)
    return answer.promise
  } }
}

const bodyOf = (answer: string): string => {
  if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`answered ${answer.slice(0, 200)}`)
  return answer.slice(answer.indexOf('\r\n\r\n') + HEAD_END.length)
}

/** Body of the answer to one request; rejects whatever is not 200. */
export const askedOnce = async (asked: Asked): Promise<string> => {
  const { ask, end } = await opened(asked)
  const answer = await ask()
  end()
  return bodyOf(answer)
}

/** One connection for each of `all`, one request at a time on each; plain sockets, so that the asker takes little of the machine. */
export const httpLoad = async (all: ReadonlyArray<Asked>, seconds: number): Promise<Load> => {
  const until = performance.now() + seconds * MS_PER_SECOND
  const samples: number[] = []
  await Promise.all(all.map(async (asked) => {
    const { ask, end } = await opened(asked)
    for (let now = performance.now(); now < until;) {
      bodyOf(await ask())
      samples.push(performance.now() - now)
      now = performance.now()
    }
    end()
  }))
  const sorted = samples.sort((a, b) => a - b)
  return { perSecond: samples.length / seconds, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) }
}
