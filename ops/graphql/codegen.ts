import type { CodegenConfig } from '@graphql-codegen/cli'

const ports = '../../../../application/ports'

/** `npm run generate`: resolver types from the SDL; a test fails when they are stale. */
const config: CodegenConfig = {
  schema: 'schemas/graphql/*.graphql',
  generates: {
    'adapters/inbound/graphql/generated/resolver-types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        enumsAsTypes: true, useTypeImports: true, immutableTypes: true, strictScalars: true, emitLegacyCommonJSImports: false,
        scalars: { ID: 'string', DateTime: 'Date', JSON: 'unknown' },
        contextType: '../context.ts#Context',
        mappers: {
          Chat: `${ports}/chat-finder.ts#FoundChat`, Message: `${ports}/message-finder.ts#FoundMessage`, Contact: `${ports}/contact-finder.ts#FoundContact`,
          Agent: `${ports}/agent-finder.ts#FoundAgent`, Onboarding: `${ports}/onboarding-finder.ts#FoundOnboarding`,
          ChatConnection: '../page.ts#ChatConnectionView', MessageConnection: '../page.ts#MessageConnectionView',
          ContactConnection: '../page.ts#ContactConnectionView', OnboardingConnection: '../page.ts#OnboardingConnectionView',
          Node: '../node.ts#AnyNode', Company: '../context.ts#CompanyRoot',
        },
      },
    },
  },
}

// eslint-disable-next-line no-restricted-exports -- the tool reads the default export
export default config
