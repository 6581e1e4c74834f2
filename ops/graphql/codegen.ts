import type { CodegenConfig } from '@graphql-codegen/cli'

const ports = '../../../../application/ports'

/** What resolvers of a type return: the ports' types instead of the schema's. */
const mappers = {
  Chat: '../views.ts#ChatView',
  Message: '../views.ts#MessageView',
  Contact: '../views.ts#ContactView',
  Agent: `${ports}/agent-finder.ts#FoundAgent`,
  Onboarding: `${ports}/onboarding-finder.ts#FoundOnboarding`,
  Company: `${ports}/company-totals.ts#CompanyTotals`,
  ProjectionFreshness: `${ports}/freshness-finder.ts#ProjectionProgress`,
  ChatConnection: '../connection.ts#ChatPage',
  MessageConnection: '../connection.ts#MessagePage',
  ContactConnection: '../connection.ts#ContactPage',
  OnboardingConnection: '../connection.ts#OnboardingPage',
  FailedEvent: `${ports}/failed-event-finder.ts#FoundFailedEvent`,
  FailedAttempt: `${ports}/failed-event-finder.ts#FailedAttempt as Attempt`,
  FailedEventGroup: `${ports}/failed-event-finder.ts#FailureGroup`,
  ReplayJob: `${ports}/replay-job-finder.ts#FoundReplayJob`,
  ReplayItem: `${ports}/replay-job-finder.ts#FoundReplayItem`,
  ReplayChange: `${ports}/replay-queue.ts#ReplayChange as Change`,
  FailedEventConnection: '../connection.ts#FailedEventPage',
  ReplayJobConnection: '../connection.ts#ReplayJobPage',
  ReplayItemConnection: '../connection.ts#ReplayItemPage',
  Node: '../found-node.ts#FoundNode',
}

/** `npm run generate`: resolver types from the schema; a test fails when the committed file is stale. */
const config: CodegenConfig = {
  schema: 'schemas/graphql/*.graphql',
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
  generates: {
    'adapters/inbound/graphql/generated/resolver-types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        enumsAsTypes: true, useTypeImports: true, immutableTypes: true, strictScalars: true, skipTypename: true,
        scalars: { ID: 'string', DateTime: 'Date', JSON: '../../../../domain/brand.ts#JsonText' },
        contextType: '../context.ts#RequestContext',
        mappers,
      },
    },
  },
}

export default config
