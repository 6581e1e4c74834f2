import type { Chance } from '../../adapters/main/sample/chance.ts'

/** About 700 bytes, as a gateway sends it. */
export const messageBody = ({ below }: Chance, id: string, i: number): string => JSON.stringify({
  message_id: id, chat_id: `chat-${below(200)}`, jid: '6281299001144@s.whatsapp.net', agent_id: 'agent-1', flow: below(2) === 0 ? 'IN' : 'OUT',
  from_phone: `62812990${below(1_000)}`, to_phone: '6281100020003', message_type: 'extendedTextMessage', status: 'delivered',
  message_text: 'masih ada stok ukuran L? '.repeat(4), message_timestamp: 1_750_000_000 + i,
  key: { id, fromMe: false, remoteJid: '6281299001144@s.whatsapp.net' },
  message_obj: { extendedTextMessage: { text: 'masih ada stok ukuran L?', contextInfo: { stanzaId: `S${i}`, participant: '6281299001144@s.whatsapp.net' } } },
})
