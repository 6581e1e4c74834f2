import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

export interface OldNats { readonly url: string; readonly close: () => void }

const INFO = { server_id: 'OLD', server_name: 'old', version: '2.9.25', proto: 1, headers: true, max_payload: 1_048_576, jetstream: true }

/** Greets and answers pings like a nats-server of 2.9, and does nothing else. */
export const oldNats = async (): Promise<OldNats> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write(`INFO ${JSON.stringify(INFO)}\r\n`)
    socket.on('data', (chunk) => { if (chunk.toString().includes('PING')) socket.write('PONG\r\n') })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => { server.close() } }
}
