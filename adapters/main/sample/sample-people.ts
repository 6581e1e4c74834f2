import type { Chance } from './chance.ts'

const GIVEN = ['Sinta', 'Bagas', 'Dewi', 'Agus', 'Rina', 'Budi', 'Maya', 'Hendra', 'Putri', 'Yusuf', 'Lestari', 'Fajar'] as const
const FAMILY = ['Santoso', 'Wijaya', 'Pratama', 'Halim', 'Kusuma', 'Siregar', 'Nugroho', 'Lim'] as const
const GROUPS = ['Reseller Bandung', 'Gudang Utara', 'Promo Juni', 'Kurir Jakarta', 'Pelanggan VIP'] as const

export interface SampleAgent { readonly agentId: string; readonly phone: string; readonly name: string; readonly host: string }
export interface SampleContact { readonly phone: string; readonly name: string; readonly agent: SampleAgent }
export interface SampleChat {
  readonly chatId: string
  readonly jid: string
  readonly agent: SampleAgent
  readonly contact: SampleContact
  readonly group?: string
}
export interface SamplePeople {
  readonly agents: readonly [SampleAgent, ...SampleAgent[]]
  readonly contacts: readonly [SampleContact, ...SampleContact[]]
  readonly chats: readonly [SampleChat, ...SampleChat[]]
}

const AGENTS: SamplePeople['agents'] = [
  { agentId: 'agent-jkt-1', phone: '6281100020001', name: 'Jakarta CS 1', host: 'wa-node-1' },
  { agentId: 'agent-bdg-1', phone: '6281100020002', name: 'Bandung CS 1', host: 'wa-node-2' },
]

const atLeastOne = <T>(count: number, make: (i: number) => T): readonly [T, ...T[]] =>
  [make(0), ...Array.from({ length: count - 1 }, (_, i) => make(i + 1))]

const GROUP_SHARE = 3

/** Two agents, `contacts` contacts and `chats` chats: one for each contact, the rest groups. Numbers are of no real person. */
export const samplePeople = ({ oneOf }: Chance, counts: { readonly contacts: number; readonly chats: number }): SamplePeople => {
  const contacts = atLeastOne(counts.contacts, (i): SampleContact => ({
    phone: `62812990${String(10_000 + i)}`, name: `${oneOf(GIVEN)} ${oneOf(FAMILY)}`, agent: AGENTS[i % AGENTS.length] ?? AGENTS[0] }))
  const chats = atLeastOne(counts.chats, (i): SampleChat => {
    const direct = contacts[i]
    if (direct !== undefined) return { chatId: `chat-${i}`, jid: `${direct.phone}@s.whatsapp.net`, agent: direct.agent, contact: direct }
    const member = contacts[(i * GROUP_SHARE) % contacts.length] ?? contacts[0]
    return { chatId: `chat-${i}`, jid: `12036304123${String(10_000 + i)}@g.us`, agent: member.agent, contact: member, group: `${oneOf(GROUPS)} ${i}` }
  })
  return { agents: AGENTS, contacts, chats }
}
