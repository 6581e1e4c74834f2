/** What must never be read outside the tables: a word, or a number like those of phones, each with the place it was planted in. */
const WORD = 'Kanarienvogel'
const PHONE = '62899007'

export const CANARY = new RegExp(`${WORD}|${PHONE}`, 'i')

/** A text with the place in it, so that a hit says where it came from. */
export const word = (place: string): string => `${WORD}-${place}`

let dialled = 0
/** A phone number of its own. */
export const phone = (): string => {
  dialled += 1
  return `${PHONE}${String(dialled).padStart(5, '0')}`
}
export const jid = (): string => `${phone()}@s.whatsapp.net`
