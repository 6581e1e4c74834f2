import type { JsonText } from '../../../../domain/brand.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { FoundChat } from '../../../../application/ports/chat-finder.ts';
import type { FoundMessage } from '../../../../application/ports/message-finder.ts';
import type { FoundContact } from '../../../../application/ports/contact-finder.ts';
import type { FoundAgent } from '../../../../application/ports/agent-finder.ts';
import type { FoundOnboarding } from '../../../../application/ports/onboarding-finder.ts';
import type { CompanyTotals } from '../../../../application/ports/company-totals.ts';
import type { ProjectionProgress } from '../../../../application/ports/freshness-finder.ts';
import type { ChatPage, MessagePage, ContactPage, OnboardingPage } from '../connection.ts';
import type { FoundNode } from '../found-node.ts';
import type { RequestContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 8601 with a zone; times come from WhatsApp and are whole seconds. */
  DateTime: { input: Date; output: Date; }
  /** Any JSON value, as it was sent: also integers above 2^53 keep all their digits. */
  JSON: { input: JsonText; output: JsonText; }
};

/** A connected WhatsApp device of the company. Its pairing code is not shown anywhere. */
export type Agent = Node & {
  readonly agentId: Scalars['ID']['output'];
  readonly agentName?: Maybe<Scalars['String']['output']>;
  readonly hostName?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly phoneNumber?: Maybe<Scalars['String']['output']>;
  readonly status?: Maybe<Scalars['String']['output']>;
  readonly version?: Maybe<Scalars['String']['output']>;
};

/** A conversation with a person or a group. Several agents may have one with the same person. */
export type Chat = Node & {
  readonly agentId?: Maybe<Scalars['ID']['output']>;
  readonly assignedTo?: Maybe<Scalars['String']['output']>;
  readonly chatId: Scalars['ID']['output'];
  /** The person at the other end, as the chat's agent knows them by the chat's phone number. */
  readonly contact?: Maybe<Contact>;
  readonly customName?: Maybe<Scalars['String']['output']>;
  /** The first that is known of: the contact's custom name (for readers of contacts), the chat's custom name, group name, push name, phone number. */
  readonly displayName?: Maybe<Scalars['String']['output']>;
  readonly groupName?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly isGroup: Scalars['Boolean']['output'];
  readonly jid: Scalars['String']['output'];
  /** Latest of the last message and what the chat's publisher said. */
  readonly lastActivityAt?: Maybe<Scalars['DateTime']['output']>;
  /** The latest stored message by time, then id; deleted ones count. */
  readonly lastMessage?: Maybe<Message>;
  /** Messages, latest first. */
  readonly messages: MessageConnection;
  readonly notSpam?: Maybe<Scalars['Boolean']['output']>;
  readonly phoneNumber?: Maybe<Scalars['String']['output']>;
  readonly pushName?: Maybe<Scalars['String']['output']>;
  /** The publisher's own last message, in its own form. */
  readonly snapshot?: Maybe<Scalars['JSON']['output']>;
  readonly unreadCount: Scalars['Int']['output'];
};


/** A conversation with a person or a group. Several agents may have one with the same person. */
export type ChatMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type ChatConnection = {
  readonly edges: ReadonlyArray<ChatEdge>;
  readonly pageInfo: PageInfo;
  /** Of all chats of the company; null with a filter, and for a token that is restricted to some agents. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type ChatEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Chat;
};

/** Chats that meet every condition given. */
export type ChatFilter = {
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly assignedTo?: InputMaybe<Scalars['String']['input']>;
  readonly isGroup?: InputMaybe<Scalars['Boolean']['input']>;
  readonly notSpam?: InputMaybe<Scalars['Boolean']['input']>;
  /** True: with unread messages; false: without. */
  readonly unread?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The company of the token. A token that is restricted to some agents may not see the counts. */
export type Company = {
  readonly chatCount: Scalars['Int']['output'];
  readonly companyId: Scalars['ID']['output'];
  /** Age of the oldest stored fact that some read model does not show yet; 0 when all are shown. */
  readonly ingestLagSeconds: Scalars['Float']['output'];
  readonly messageCount: Scalars['Int']['output'];
  readonly unreadCount: Scalars['Int']['output'];
};

/** A person as one agent knows them. */
export type Contact = Node & {
  readonly agentId?: Maybe<Scalars['ID']['output']>;
  readonly assignedTo?: Maybe<Scalars['String']['output']>;
  readonly avatar?: Maybe<Scalars['String']['output']>;
  readonly chat?: Maybe<Chat>;
  readonly chatId?: Maybe<Scalars['ID']['output']>;
  readonly contactId: Scalars['ID']['output'];
  readonly customName?: Maybe<Scalars['String']['output']>;
  /** Date of birth, `YYYY-MM-DD`. */
  readonly dob?: Maybe<Scalars['String']['output']>;
  readonly firstMessage?: Maybe<Message>;
  readonly firstMessageAt?: Maybe<Scalars['DateTime']['output']>;
  readonly gender?: Maybe<Gender>;
  readonly id: Scalars['ID']['output'];
  readonly notes?: Maybe<Scalars['String']['output']>;
  readonly origin?: Maybe<Scalars['String']['output']>;
  /** As sent. */
  readonly phoneNumber?: Maybe<Scalars['String']['output']>;
  /** Place of birth. */
  readonly pob?: Maybe<Scalars['String']['output']>;
  readonly pushName?: Maybe<Scalars['String']['output']>;
  readonly status: ContactStatus;
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
  readonly type?: Maybe<ContactType>;
};

export type ContactConnection = {
  readonly edges: ReadonlyArray<ContactEdge>;
  readonly pageInfo: PageInfo;
  /** Of all contacts of the company; null with a filter, and for a token that is restricted to some agents. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type ContactEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Contact;
};

/** Contacts that meet every condition given. */
export type ContactFilter = {
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  readonly assignedTo?: InputMaybe<Scalars['String']['input']>;
  readonly status?: InputMaybe<ContactStatus>;
  readonly type?: InputMaybe<ContactType>;
};

export type ContactStatus =
  | 'ACTIVE'
  | 'DISABLED';

export type ContactType =
  | 'AGENT'
  | 'OTHER'
  | 'PERSONAL';

export type Gender =
  | 'FEMALE'
  | 'MALE';

/** A stored message. It may have come before its chat: then `chat` is null. */
export type Message = Node & {
  readonly agentId?: Maybe<Scalars['ID']['output']>;
  readonly chat?: Maybe<Chat>;
  readonly chatId: Scalars['ID']['output'];
  readonly content?: Maybe<Scalars['JSON']['output']>;
  readonly editedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly editedContent?: Maybe<Scalars['JSON']['output']>;
  /** It was said to have failed, and not to have been delivered. */
  readonly failed: Scalars['Boolean']['output'];
  readonly flow: MessageFlow;
  readonly fromPhone?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly isDeleted: Scalars['Boolean']['output'];
  readonly jid?: Maybe<Scalars['String']['output']>;
  /** The message's type where it has a media address. */
  readonly mediaType?: Maybe<Scalars['String']['output']>;
  readonly mediaUrl?: Maybe<Scalars['String']['output']>;
  readonly messageId: Scalars['ID']['output'];
  /** When it was sent, else when it was first seen. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** As the gateway wrote the highest step that was reached: pending, sent, delivered, read, played. */
  readonly status?: Maybe<Scalars['String']['output']>;
  readonly text?: Maybe<Scalars['String']['output']>;
  readonly toPhone?: Maybe<Scalars['String']['output']>;
  readonly type?: Maybe<Scalars['String']['output']>;
};

export type MessageConnection = {
  readonly edges: ReadonlyArray<MessageEdge>;
  readonly pageInfo: PageInfo;
  /** Always null: counting is not cheap. A company's messages are counted in `Company.messageCount`. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type MessageEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Message;
};

/** Messages that meet every condition given. */
export type MessageFilter = {
  readonly flow?: InputMaybe<MessageFlow>;
  /** Before this second. */
  readonly sentBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** At this second or later. */
  readonly sentFrom?: InputMaybe<Scalars['DateTime']['input']>;
  readonly type?: InputMaybe<Scalars['String']['input']>;
};

/** Seen from the company. */
export type MessageFlow =
  | 'IN'
  | 'OUT';

/** An object with a global id (https://graphql.org/learn/global-object-identification/). */
export type Node = {
  /** Opaque; unique among all types of the company. */
  readonly id: Scalars['ID']['output'];
};

/** A customer's first message to an agent. */
export type Onboarding = Node & {
  readonly agent?: Maybe<Agent>;
  readonly agentId: Scalars['ID']['output'];
  readonly id: Scalars['ID']['output'];
  readonly message?: Maybe<Message>;
  readonly messageAt: Scalars['DateTime']['output'];
  readonly messageId: Scalars['ID']['output'];
  /** Digits only. */
  readonly phoneNumber: Scalars['String']['output'];
};

export type OnboardingConnection = {
  readonly edges: ReadonlyArray<OnboardingEdge>;
  readonly pageInfo: PageInfo;
  /** Of all onboardings of the company; null with a filter. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

export type OnboardingEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Onboarding;
};

/** Onboardings that meet every condition given. */
export type OnboardingFilter = {
  readonly agentId?: InputMaybe<Scalars['ID']['input']>;
  /** Before this second. */
  readonly before?: InputMaybe<Scalars['DateTime']['input']>;
  /** At this second or later. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
};

/**
 * Relay's page information (https://relay.dev/graphql/connections.htm). A page has 20 edges unless `first` or `last`, from
 * 1 to 100 and never both, says otherwise.
 */
export type PageInfo = {
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** How far one read model has followed the stored facts, of all companies. */
export type ProjectionFreshness = {
  /** Age of the oldest fact that it has not applied yet; 0 when there is none. */
  readonly ageSeconds: Scalars['Float']['output'];
  /** When that fact was stored. */
  readonly factAt?: Maybe<Scalars['DateTime']['output']>;
  readonly name: Scalars['String']['output'];
  /** Of the last fact applied: epoch/transaction/sequence; only to be compared. */
  readonly position: Scalars['String']['output'];
};

/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type Query = {
  readonly agent?: Maybe<Agent>;
  /** All agents by id, at most 1,000. */
  readonly agents: ReadonlyArray<Agent>;
  readonly chat?: Maybe<Chat>;
  /** Chats, latest activity first. */
  readonly chats: ChatConnection;
  /** The company of the token. */
  readonly company: Company;
  /** The contact that an agent knows by this phone number, as it was sent. */
  readonly contact?: Maybe<Contact>;
  /** Contacts, latest first message first; those who never wrote come last. */
  readonly contacts: ContactConnection;
  /** How far what is read here follows what has been stored. */
  readonly freshness: ReadonlyArray<ProjectionFreshness>;
  readonly message?: Maybe<Message>;
  /** The object with this global id, or null. */
  readonly node?: Maybe<Node>;
  /** The objects with these global ids, in their order, null where there is none; at most 100. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** First messages of customers to agents, latest first. */
  readonly onboardings: OnboardingConnection;
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryAgentArgs = {
  agentId: Scalars['ID']['input'];
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryChatArgs = {
  chatId: Scalars['ID']['input'];
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryChatsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ChatFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryContactArgs = {
  agentId: Scalars['ID']['input'];
  phoneNumber: Scalars['String']['input'];
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryContactsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ContactFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryMessageArgs = {
  messageId: Scalars['ID']['input'];
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryOnboardingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OnboardingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Agent: ResolverTypeWrapper<FoundAgent>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Chat: ResolverTypeWrapper<FoundChat>;
  ChatConnection: ResolverTypeWrapper<ChatPage>;
  ChatEdge: ResolverTypeWrapper<Omit<ChatEdge, 'node'> & { node: ResolversTypes['Chat'] }>;
  ChatFilter: ChatFilter;
  Company: ResolverTypeWrapper<CompanyTotals>;
  Contact: ResolverTypeWrapper<FoundContact>;
  ContactConnection: ResolverTypeWrapper<ContactPage>;
  ContactEdge: ResolverTypeWrapper<Omit<ContactEdge, 'node'> & { node: ResolversTypes['Contact'] }>;
  ContactFilter: ContactFilter;
  ContactStatus: ContactStatus;
  ContactType: ContactType;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Gender: Gender;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Message: ResolverTypeWrapper<FoundMessage>;
  MessageConnection: ResolverTypeWrapper<MessagePage>;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  MessageFilter: MessageFilter;
  MessageFlow: MessageFlow;
  Node: ResolverTypeWrapper<FoundNode>;
  Onboarding: ResolverTypeWrapper<FoundOnboarding>;
  OnboardingConnection: ResolverTypeWrapper<OnboardingPage>;
  OnboardingEdge: ResolverTypeWrapper<Omit<OnboardingEdge, 'node'> & { node: ResolversTypes['Onboarding'] }>;
  OnboardingFilter: OnboardingFilter;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ProjectionFreshness: ResolverTypeWrapper<ProjectionProgress>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Agent: FoundAgent;
  Boolean: Scalars['Boolean']['output'];
  Chat: FoundChat;
  ChatConnection: ChatPage;
  ChatEdge: Omit<ChatEdge, 'node'> & { node: ResolversParentTypes['Chat'] };
  ChatFilter: ChatFilter;
  Company: CompanyTotals;
  Contact: FoundContact;
  ContactConnection: ContactPage;
  ContactEdge: Omit<ContactEdge, 'node'> & { node: ResolversParentTypes['Contact'] };
  ContactFilter: ContactFilter;
  DateTime: Scalars['DateTime']['output'];
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  Message: FoundMessage;
  MessageConnection: MessagePage;
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  MessageFilter: MessageFilter;
  Node: FoundNode;
  Onboarding: FoundOnboarding;
  OnboardingConnection: OnboardingPage;
  OnboardingEdge: Omit<OnboardingEdge, 'node'> & { node: ResolversParentTypes['Onboarding'] };
  OnboardingFilter: OnboardingFilter;
  PageInfo: PageInfo;
  ProjectionFreshness: ProjectionProgress;
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
};

export type AgentResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Agent'] = ResolversParentTypes['Agent']> = {
  agentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  agentName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hostName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  phoneNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChatResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Chat'] = ResolversParentTypes['Chat']> = {
  agentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  assignedTo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  chatId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  customName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  groupName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isGroup?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  jid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastActivityAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastMessage?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['MessageConnection'], ParentType, ContextType, Partial<ChatMessagesArgs>>;
  notSpam?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  phoneNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pushName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  snapshot?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChatConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ChatConnection'] = ResolversParentTypes['ChatConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ChatEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ChatEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ChatEdge'] = ResolversParentTypes['ChatEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Chat'], ParentType, ContextType>;
};

export type CompanyResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Company'] = ResolversParentTypes['Company']> = {
  chatCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  companyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ingestLagSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  messageCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ContactResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  agentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  assignedTo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  avatar?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  chat?: Resolver<Maybe<ResolversTypes['Chat']>, ParentType, ContextType>;
  chatId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contactId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dob?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  firstMessage?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  firstMessageAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  gender?: Resolver<Maybe<ResolversTypes['Gender']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phoneNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pob?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pushName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ContactStatus'], ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['ContactType']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContactConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ContactConnection'] = ResolversParentTypes['ContactConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ContactEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ContactEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ContactEdge'] = ResolversParentTypes['ContactEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Contact'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MessageResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message']> = {
  agentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  chat?: Resolver<Maybe<ResolversTypes['Chat']>, ParentType, ContextType>;
  chatId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  editedContent?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  flow?: Resolver<ResolversTypes['MessageFlow'], ParentType, ContextType>;
  fromPhone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDeleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  jid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mediaType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mediaUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  messageId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  toPhone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MessageConnection'] = ResolversParentTypes['MessageConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MessageEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MessageEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MessageEdge'] = ResolversParentTypes['MessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
};

export type NodeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Agent' | 'Chat' | 'Contact' | 'Message' | 'Onboarding', ParentType, ContextType>;
};

export type OnboardingResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Onboarding'] = ResolversParentTypes['Onboarding']> = {
  agent?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  agentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  messageAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  messageId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  phoneNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OnboardingConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OnboardingConnection'] = ResolversParentTypes['OnboardingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OnboardingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type OnboardingEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OnboardingEdge'] = ResolversParentTypes['OnboardingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Onboarding'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProjectionFreshnessResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ProjectionFreshness'] = ResolversParentTypes['ProjectionFreshness']> = {
  ageSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  factAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  agent?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType, RequireFields<QueryAgentArgs, 'agentId'>>;
  agents?: Resolver<ReadonlyArray<ResolversTypes['Agent']>, ParentType, ContextType>;
  chat?: Resolver<Maybe<ResolversTypes['Chat']>, ParentType, ContextType, RequireFields<QueryChatArgs, 'chatId'>>;
  chats?: Resolver<ResolversTypes['ChatConnection'], ParentType, ContextType, Partial<QueryChatsArgs>>;
  company?: Resolver<ResolversTypes['Company'], ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType, RequireFields<QueryContactArgs, 'agentId' | 'phoneNumber'>>;
  contacts?: Resolver<ResolversTypes['ContactConnection'], ParentType, ContextType, Partial<QueryContactsArgs>>;
  freshness?: Resolver<ReadonlyArray<ResolversTypes['ProjectionFreshness']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType, RequireFields<QueryMessageArgs, 'messageId'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  onboardings?: Resolver<ResolversTypes['OnboardingConnection'], ParentType, ContextType, Partial<QueryOnboardingsArgs>>;
};

export type Resolvers<ContextType = RequestContext> = {
  Agent?: AgentResolvers<ContextType>;
  Chat?: ChatResolvers<ContextType>;
  ChatConnection?: ChatConnectionResolvers<ContextType>;
  ChatEdge?: ChatEdgeResolvers<ContextType>;
  Company?: CompanyResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  ContactConnection?: ContactConnectionResolvers<ContextType>;
  ContactEdge?: ContactEdgeResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  Message?: MessageResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Onboarding?: OnboardingResolvers<ContextType>;
  OnboardingConnection?: OnboardingConnectionResolvers<ContextType>;
  OnboardingEdge?: OnboardingEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ProjectionFreshness?: ProjectionFreshnessResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
};

