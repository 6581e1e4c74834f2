import { valuesOf, type Shown } from '../register.ts'
import type { ChatFields, ChatHeard } from './chat.ts'
import { shownUnread } from './unread.ts'

export interface ShownChat extends Shown<ChatFields> {
  /** 0 to the largest 32-bit integer. */
  readonly unreadCount: number
}

/** A chat as tables and read models show it; what nobody has said is absent. */
export const shownChat = ({ fields, unread }: ChatHeard): ShownChat => ({ ...valuesOf(fields), unreadCount: shownUnread(unread) })
