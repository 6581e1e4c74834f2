import { agent } from '../../../domain/agent/decide.ts'
import { chat } from '../../../domain/chat/decide.ts'
import { alias } from '../../../domain/contact/decide-alias.ts'
import { contact } from '../../../domain/contact/decide.ts'
import { message } from '../../../domain/message/decide.ts'
import { onboarding } from '../../../domain/onboarding/decide.ts'
import { sync } from '../../../domain/sync/decide.ts'
import {
  aChatCommand, aContactCommand, aMessageCommand, anAgentCommand, anAliasCommand, anOnboardingCommand, aSyncCommand,
} from './any-command.ts'
import { describeConvergence } from './converges.ts'
import { anyDeliveries } from './deliveries.ts'

describeConvergence('message', message, ({ messageId }) => messageId, anyDeliveries(aMessageCommand))
describeConvergence('chat', chat, ({ chatId }) => chatId, anyDeliveries(aChatCommand))
describeConvergence('contact', contact, ({ contactId }) => contactId, anyDeliveries(aContactCommand))
describeConvergence('alias', alias, ({ aliasId }) => aliasId, anyDeliveries(anAliasCommand))
describeConvergence('agent', agent, ({ agentId }) => agentId, anyDeliveries(anAgentCommand))
describeConvergence('onboarding', onboarding, ({ onboardingId }) => onboardingId, anyDeliveries(anOnboardingCommand))
describeConvergence('sync', sync, ({ agentId }) => agentId, anyDeliveries(aSyncCommand))
