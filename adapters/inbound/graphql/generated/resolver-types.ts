import type { JsonText } from '../../../../domain/brand.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ChatView, MessageView, ContactView } from '../views.ts';
import type { FoundAgent } from '../../../../application/ports/agent-finder.ts';
import type { FoundOnboarding } from '../../../../application/ports/onboarding-finder.ts';
import type { CompanyTotals } from '../../../../application/ports/company-totals.ts';
import type { ProjectionProgress } from '../../../../application/ports/freshness-finder.ts';
import type { ChatPage, MessagePage, ContactPage, OnboardingPage, FailedEventPage, ReplayJobPage, ReplayItemPage } from '../connection.ts';
import type { FoundFailedEvent, FailedAttempt as Attempt, FailureGroup } from '../../../../application/ports/failed-event-finder.ts';
import type { FoundReplayJob, FoundReplayItem } from '../../../../application/ports/replay-job-finder.ts';
import type { ReplayChange as Change } from '../../../../application/ports/replay-queue.ts';
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
  /** Age of the oldest published event that is not shown here yet, for it is not stored, or not in some read model; 0 when all are shown. */
  readonly ingestLagSeconds: Scalars['Float']['output'];
  /** Where that age comes from. */
  readonly lag: CompanyLag;
  readonly messageCount: Scalars['Int']['output'];
  readonly unreadCount: Scalars['Int']['output'];
};

/** The parts of a company's lag. */
export type CompanyLag = {
  /** Age of the oldest stored fact, of any company, that some read model does not show yet; 0 when all are shown. */
  readonly readModelSeconds: Scalars['Float']['output'];
  /** Streams that hold events of the company which are not stored yet, as of some seconds ago. */
  readonly unprocessed: ReadonlyArray<StreamLag>;
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

export type FailedAttempt = {
  readonly at: Scalars['DateTime']['output'];
  readonly by: FailedAttemptBy;
  readonly message: Scalars['String']['output'];
  readonly pointer: Scalars['String']['output'];
  readonly reason: Scalars['String']['output'];
};

export type FailedAttemptBy =
  | 'BROKER'
  | 'REPLAY'
  | 'WORKER';

/**
 * An event, or one item of a history, that could not be applied. Times are exact to the millisecond. What a field says of the event holds no
 * value of its body; the body itself needs the scope read:messages as well.
 */
export type FailedEvent = Node & {
  readonly attemptCount: Scalars['Int']['output'];
  /** The newest 50 that failed, oldest first. */
  readonly attempts: ReadonlyArray<FailedAttempt>;
  /** As published, read as UTF-8. */
  readonly body: Scalars['String']['output'];
  /** Every byte of it. */
  readonly bodyBase64: Scalars['String']['output'];
  readonly editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What is applied instead, where an operator has edited it. */
  readonly editedBody?: Maybe<Scalars['String']['output']>;
  readonly editedBy?: Maybe<Scalars['String']['output']>;
  /** The subject without the company. */
  readonly eventType: Scalars['String']['output'];
  readonly failedEventId: Scalars['ID']['output'];
  /** What fails alike, by event type, reason and place, has the same. */
  readonly fingerprint: Scalars['String']['output'];
  readonly firstFailedAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** Index inside a history; null for the event as a whole. */
  readonly item?: Maybe<Scalars['Int']['output']>;
  readonly lastFailedAt: Scalars['DateTime']['output'];
  readonly message: Scalars['String']['output'];
  readonly nextRetryAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it was discarded. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** The pointer with a star for each index. */
  readonly place: Scalars['String']['output'];
  /** JSON pointer into the body; empty for all of it. */
  readonly pointer: Scalars['String']['output'];
  readonly publishedAt: Scalars['DateTime']['output'];
  /** A code, for example missing_field or handler_error. */
  readonly reason: Scalars['String']['output'];
  /** Of the stored message, in digits. */
  readonly sequence: Scalars['String']['output'];
  readonly status: FailedEventStatus;
  readonly stream: Scalars['String']['output'];
  readonly subject: Scalars['String']['output'];
};

export type FailedEventConnection = {
  readonly edges: ReadonlyArray<FailedEventEdge>;
  readonly pageInfo: PageInfo;
};

export type FailedEventEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: FailedEvent;
};

/** Failed events that meet every condition given. */
export type FailedEventFilter = {
  readonly eventType?: InputMaybe<Scalars['String']['input']>;
  readonly fingerprint?: InputMaybe<Scalars['String']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly status?: InputMaybe<FailedEventStatus>;
};

/** Failed events with one fingerprint. */
export type FailedEventGroup = {
  readonly count: Scalars['Int']['output'];
  readonly eventType: Scalars['String']['output'];
  /** The latest. */
  readonly example?: Maybe<FailedEvent>;
  readonly fingerprint: Scalars['String']['output'];
  readonly firstFailedAt: Scalars['DateTime']['output'];
  readonly lastFailedAt: Scalars['DateTime']['output'];
  readonly place: Scalars['String']['output'];
  readonly reason: Scalars['String']['output'];
};

/** Either ids or a filter with at least one condition; a filter without a status means what is dead or exhausted. */
export type FailedEventSelection = {
  readonly failedEventIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly filter?: InputMaybe<FailedEventFilter>;
};

export type FailedEventStatus =
  /** Acknowledged to the broker; a worker tries it again. */
  | 'DEAD'
  /** Given up by an operator. */
  | 'DISCARDED'
  /** Nobody tries it any more but an operator. */
  | 'EXHAUSTED'
  /** Applied after all. */
  | 'RESOLVED'
  /** The broker still delivers it. */
  | 'RETRYING';

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

/**
 * Actions of operators on failed events of the token's company. Each is written to an audit, refused ones too. Refusals have the code
 * BAD_USER_INPUT, NOT_FOUND or CONFLICT, and say in extensions.reason what it was.
 */
export type Mutation = {
  /** What waits in the job is not replayed any more. */
  readonly abortReplayJob: ReplayJob;
  /** Gives failed events up, with a note that says why. Answers how many. */
  readonly discardFailedEvents: Scalars['Int']['output'];
  /** Replaces what is applied instead of the published body, which is kept. The body must be valid JSON and fit the schema of the event. */
  readonly editFailedEvent: FailedEvent;
  /**
   * Freezes a set of failed events as a job, which is worked through with the events' original clocks. A small one is answered as it ended,
   * a large one as it began; ask for replayJob then.
   */
  readonly replayFailedEvents: ReplayJob;
};


/**
 * Actions of operators on failed events of the token's company. Each is written to an audit, refused ones too. Refusals have the code
 * BAD_USER_INPUT, NOT_FOUND or CONFLICT, and say in extensions.reason what it was.
 */
export type MutationAbortReplayJobArgs = {
  replayJobId: Scalars['ID']['input'];
};


/**
 * Actions of operators on failed events of the token's company. Each is written to an audit, refused ones too. Refusals have the code
 * BAD_USER_INPUT, NOT_FOUND or CONFLICT, and say in extensions.reason what it was.
 */
export type MutationDiscardFailedEventsArgs = {
  events: FailedEventSelection;
  note: Scalars['String']['input'];
};


/**
 * Actions of operators on failed events of the token's company. Each is written to an audit, refused ones too. Refusals have the code
 * BAD_USER_INPUT, NOT_FOUND or CONFLICT, and say in extensions.reason what it was.
 */
export type MutationEditFailedEventArgs = {
  body: Scalars['String']['input'];
  failedEventId: Scalars['ID']['input'];
};


/**
 * Actions of operators on failed events of the token's company. Each is written to an audit, refused ones too. Refusals have the code
 * BAD_USER_INPUT, NOT_FOUND or CONFLICT, and say in extensions.reason what it was.
 */
export type MutationReplayFailedEventsArgs = {
  dryRun?: Scalars['Boolean']['input'];
  events: FailedEventSelection;
  perSecond?: InputMaybe<Scalars['Int']['input']>;
};

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
  readonly failedEvent?: Maybe<FailedEvent>;
  /** What failed alike, latest first; at most 100 groups. */
  readonly failedEventGroups: ReadonlyArray<FailedEventGroup>;
  /** Events that could not be applied, latest failure first. */
  readonly failedEvents: FailedEventConnection;
  /** How far what is read here follows what has been stored. */
  readonly freshness: ReadonlyArray<ProjectionFreshness>;
  readonly message?: Maybe<Message>;
  /** The object with this global id, or null. */
  readonly node?: Maybe<Node>;
  /** The objects with these global ids, in their order, null where there is none; at most 100. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** First messages of customers to agents, latest first. */
  readonly onboardings: OnboardingConnection;
  readonly replayJob?: Maybe<ReplayJob>;
  /** Replays of failed events, latest first. */
  readonly replayJobs: ReplayJobConnection;
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
export type QueryFailedEventArgs = {
  failedEventId: Scalars['ID']['input'];
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryFailedEventGroupsArgs = {
  filter?: InputMaybe<FailedEventFilter>;
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryFailedEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FailedEventFilter>;
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


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryReplayJobArgs = {
  replayJobId: Scalars['ID']['input'];
};


/**
 * All reads. Which company is read follows from the token alone; no argument names one.
 * What does not exist and what belongs to another company look the same.
 */
export type QueryReplayJobsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** What a replay would do to one aggregate: names, no values. */
export type ReplayChange = {
  readonly aggregateId: Scalars['ID']['output'];
  /** Types, in order. */
  readonly facts: ReadonlyArray<Scalars['String']['output']>;
  readonly fields: ReadonlyArray<Scalars['String']['output']>;
  readonly kind: Scalars['String']['output'];
};

/** How many items of a job stand where. */
export type ReplayCounts = {
  readonly aborted: Scalars['Int']['output'];
  readonly applied: Scalars['Int']['output'];
  readonly failed: Scalars['Int']['output'];
  readonly skipped: Scalars['Int']['output'];
  readonly unchanged: Scalars['Int']['output'];
  readonly waiting: Scalars['Int']['output'];
};

/** What became of one event of a job. */
export type ReplayItem = {
  /** What a dry run would have changed; null otherwise. */
  readonly changes?: Maybe<ReadonlyArray<ReplayChange>>;
  readonly failedEvent?: Maybe<FailedEvent>;
  readonly failedEventId: Scalars['ID']['output'];
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it failed again, or was skipped. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly status: ReplayItemStatus;
};

export type ReplayItemConnection = {
  readonly edges: ReadonlyArray<ReplayItemEdge>;
  readonly pageInfo: PageInfo;
};

export type ReplayItemEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: ReplayItem;
};

export type ReplayItemStatus =
  | 'ABORTED'
  /** In a dry run: would have been applied. */
  | 'APPLIED'
  | 'FAILED'
  /** It was resolved meanwhile, or the broker delivers it again. */
  | 'SKIPPED'
  /** All of it held already. */
  | 'UNCHANGED'
  | 'WAITING';

/** A replay of a frozen set of failed events, which the service works through on its own. */
export type ReplayJob = Node & {
  readonly counts: ReplayCounts;
  readonly createdAt: Scalars['DateTime']['output'];
  /** Each event is handled in a transaction that is rolled back. */
  readonly dryRun: Scalars['Boolean']['output'];
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** By id of the failed event. */
  readonly items: ReplayItemConnection;
  readonly perSecond: Scalars['Int']['output'];
  readonly replayJobId: Scalars['ID']['output'];
  readonly requestedBy: Scalars['String']['output'];
  readonly status: ReplayJobStatus;
  readonly total: Scalars['Int']['output'];
};


/** A replay of a frozen set of failed events, which the service works through on its own. */
export type ReplayJobItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ReplayJobConnection = {
  readonly edges: ReadonlyArray<ReplayJobEdge>;
  readonly pageInfo: PageInfo;
};

export type ReplayJobEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: ReplayJob;
};

export type ReplayJobStatus =
  | 'ABORTED'
  | 'FINISHED'
  | 'RUNNING';

export type StreamLag = {
  /** Age of the oldest event that is not stored yet. */
  readonly ageSeconds: Scalars['Float']['output'];
  readonly stream: Scalars['String']['output'];
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
  Chat: ResolverTypeWrapper<ChatView>;
  ChatConnection: ResolverTypeWrapper<ChatPage>;
  ChatEdge: ResolverTypeWrapper<Omit<ChatEdge, 'node'> & { node: ResolversTypes['Chat'] }>;
  ChatFilter: ChatFilter;
  Company: ResolverTypeWrapper<CompanyTotals>;
  CompanyLag: ResolverTypeWrapper<CompanyLag>;
  Contact: ResolverTypeWrapper<ContactView>;
  ContactConnection: ResolverTypeWrapper<ContactPage>;
  ContactEdge: ResolverTypeWrapper<Omit<ContactEdge, 'node'> & { node: ResolversTypes['Contact'] }>;
  ContactFilter: ContactFilter;
  ContactStatus: ContactStatus;
  ContactType: ContactType;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  FailedAttempt: ResolverTypeWrapper<Attempt>;
  FailedAttemptBy: FailedAttemptBy;
  FailedEvent: ResolverTypeWrapper<FoundFailedEvent>;
  FailedEventConnection: ResolverTypeWrapper<FailedEventPage>;
  FailedEventEdge: ResolverTypeWrapper<Omit<FailedEventEdge, 'node'> & { node: ResolversTypes['FailedEvent'] }>;
  FailedEventFilter: FailedEventFilter;
  FailedEventGroup: ResolverTypeWrapper<FailureGroup>;
  FailedEventSelection: FailedEventSelection;
  FailedEventStatus: FailedEventStatus;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Gender: Gender;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Message: ResolverTypeWrapper<MessageView>;
  MessageConnection: ResolverTypeWrapper<MessagePage>;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  MessageFilter: MessageFilter;
  MessageFlow: MessageFlow;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<FoundNode>;
  Onboarding: ResolverTypeWrapper<FoundOnboarding>;
  OnboardingConnection: ResolverTypeWrapper<OnboardingPage>;
  OnboardingEdge: ResolverTypeWrapper<Omit<OnboardingEdge, 'node'> & { node: ResolversTypes['Onboarding'] }>;
  OnboardingFilter: OnboardingFilter;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ProjectionFreshness: ResolverTypeWrapper<ProjectionProgress>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReplayChange: ResolverTypeWrapper<Change>;
  ReplayCounts: ResolverTypeWrapper<ReplayCounts>;
  ReplayItem: ResolverTypeWrapper<FoundReplayItem>;
  ReplayItemConnection: ResolverTypeWrapper<ReplayItemPage>;
  ReplayItemEdge: ResolverTypeWrapper<Omit<ReplayItemEdge, 'node'> & { node: ResolversTypes['ReplayItem'] }>;
  ReplayItemStatus: ReplayItemStatus;
  ReplayJob: ResolverTypeWrapper<FoundReplayJob>;
  ReplayJobConnection: ResolverTypeWrapper<ReplayJobPage>;
  ReplayJobEdge: ResolverTypeWrapper<Omit<ReplayJobEdge, 'node'> & { node: ResolversTypes['ReplayJob'] }>;
  ReplayJobStatus: ReplayJobStatus;
  StreamLag: ResolverTypeWrapper<StreamLag>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Agent: FoundAgent;
  Boolean: Scalars['Boolean']['output'];
  Chat: ChatView;
  ChatConnection: ChatPage;
  ChatEdge: Omit<ChatEdge, 'node'> & { node: ResolversParentTypes['Chat'] };
  ChatFilter: ChatFilter;
  Company: CompanyTotals;
  CompanyLag: CompanyLag;
  Contact: ContactView;
  ContactConnection: ContactPage;
  ContactEdge: Omit<ContactEdge, 'node'> & { node: ResolversParentTypes['Contact'] };
  ContactFilter: ContactFilter;
  DateTime: Scalars['DateTime']['output'];
  FailedAttempt: Attempt;
  FailedEvent: FoundFailedEvent;
  FailedEventConnection: FailedEventPage;
  FailedEventEdge: Omit<FailedEventEdge, 'node'> & { node: ResolversParentTypes['FailedEvent'] };
  FailedEventFilter: FailedEventFilter;
  FailedEventGroup: FailureGroup;
  FailedEventSelection: FailedEventSelection;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  Message: MessageView;
  MessageConnection: MessagePage;
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  MessageFilter: MessageFilter;
  Mutation: Record<PropertyKey, never>;
  Node: FoundNode;
  Onboarding: FoundOnboarding;
  OnboardingConnection: OnboardingPage;
  OnboardingEdge: Omit<OnboardingEdge, 'node'> & { node: ResolversParentTypes['Onboarding'] };
  OnboardingFilter: OnboardingFilter;
  PageInfo: PageInfo;
  ProjectionFreshness: ProjectionProgress;
  Query: Record<PropertyKey, never>;
  ReplayChange: Change;
  ReplayCounts: ReplayCounts;
  ReplayItem: FoundReplayItem;
  ReplayItemConnection: ReplayItemPage;
  ReplayItemEdge: Omit<ReplayItemEdge, 'node'> & { node: ResolversParentTypes['ReplayItem'] };
  ReplayJob: FoundReplayJob;
  ReplayJobConnection: ReplayJobPage;
  ReplayJobEdge: Omit<ReplayJobEdge, 'node'> & { node: ResolversParentTypes['ReplayJob'] };
  StreamLag: StreamLag;
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
  lag?: Resolver<ResolversTypes['CompanyLag'], ParentType, ContextType>;
  messageCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CompanyLagResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CompanyLag'] = ResolversParentTypes['CompanyLag']> = {
  readModelSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  unprocessed?: Resolver<ReadonlyArray<ResolversTypes['StreamLag']>, ParentType, ContextType>;
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

export type FailedAttemptResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FailedAttempt'] = ResolversParentTypes['FailedAttempt']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['FailedAttemptBy'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pointer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FailedEventResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FailedEvent'] = ResolversParentTypes['FailedEvent']> = {
  attemptCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attempts?: Resolver<ReadonlyArray<ResolversTypes['FailedAttempt']>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bodyBase64?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  editedBody?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failedEventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  firstFailedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastFailedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextRetryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  place?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pointer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['FailedEventStatus'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FailedEventConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FailedEventConnection'] = ResolversParentTypes['FailedEventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FailedEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type FailedEventEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FailedEventEdge'] = ResolversParentTypes['FailedEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FailedEvent'], ParentType, ContextType>;
};

export type FailedEventGroupResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FailedEventGroup'] = ResolversParentTypes['FailedEventGroup']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  example?: Resolver<Maybe<ResolversTypes['FailedEvent']>, ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  firstFailedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastFailedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

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

export type MutationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  abortReplayJob?: Resolver<ResolversTypes['ReplayJob'], ParentType, ContextType, RequireFields<MutationAbortReplayJobArgs, 'replayJobId'>>;
  discardFailedEvents?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationDiscardFailedEventsArgs, 'events' | 'note'>>;
  editFailedEvent?: Resolver<ResolversTypes['FailedEvent'], ParentType, ContextType, RequireFields<MutationEditFailedEventArgs, 'body' | 'failedEventId'>>;
  replayFailedEvents?: Resolver<ResolversTypes['ReplayJob'], ParentType, ContextType, RequireFields<MutationReplayFailedEventsArgs, 'dryRun' | 'events'>>;
};

export type NodeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Agent' | 'Chat' | 'Contact' | 'FailedEvent' | 'Message' | 'Onboarding' | 'ReplayJob', ParentType, ContextType>;
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
  failedEvent?: Resolver<Maybe<ResolversTypes['FailedEvent']>, ParentType, ContextType, RequireFields<QueryFailedEventArgs, 'failedEventId'>>;
  failedEventGroups?: Resolver<ReadonlyArray<ResolversTypes['FailedEventGroup']>, ParentType, ContextType, Partial<QueryFailedEventGroupsArgs>>;
  failedEvents?: Resolver<ResolversTypes['FailedEventConnection'], ParentType, ContextType, Partial<QueryFailedEventsArgs>>;
  freshness?: Resolver<ReadonlyArray<ResolversTypes['ProjectionFreshness']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType, RequireFields<QueryMessageArgs, 'messageId'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  onboardings?: Resolver<ResolversTypes['OnboardingConnection'], ParentType, ContextType, Partial<QueryOnboardingsArgs>>;
  replayJob?: Resolver<Maybe<ResolversTypes['ReplayJob']>, ParentType, ContextType, RequireFields<QueryReplayJobArgs, 'replayJobId'>>;
  replayJobs?: Resolver<ResolversTypes['ReplayJobConnection'], ParentType, ContextType, Partial<QueryReplayJobsArgs>>;
};

export type ReplayChangeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayChange'] = ResolversParentTypes['ReplayChange']> = {
  aggregateId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  facts?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReplayCountsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayCounts'] = ResolversParentTypes['ReplayCounts']> = {
  aborted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  applied?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  skipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReplayItemResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayItem'] = ResolversParentTypes['ReplayItem']> = {
  changes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ReplayChange']>>, ParentType, ContextType>;
  failedEvent?: Resolver<Maybe<ResolversTypes['FailedEvent']>, ParentType, ContextType>;
  failedEventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReplayItemStatus'], ParentType, ContextType>;
};

export type ReplayItemConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayItemConnection'] = ResolversParentTypes['ReplayItemConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReplayItemEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReplayItemEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayItemEdge'] = ResolversParentTypes['ReplayItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReplayItem'], ParentType, ContextType>;
};

export type ReplayJobResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayJob'] = ResolversParentTypes['ReplayJob']> = {
  counts?: Resolver<ResolversTypes['ReplayCounts'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<ResolversTypes['ReplayItemConnection'], ParentType, ContextType, Partial<ReplayJobItemsArgs>>;
  perSecond?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayJobId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReplayJobStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReplayJobConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayJobConnection'] = ResolversParentTypes['ReplayJobConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReplayJobEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReplayJobEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReplayJobEdge'] = ResolversParentTypes['ReplayJobEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReplayJob'], ParentType, ContextType>;
};

export type StreamLagResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['StreamLag'] = ResolversParentTypes['StreamLag']> = {
  ageSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = RequestContext> = {
  Agent?: AgentResolvers<ContextType>;
  Chat?: ChatResolvers<ContextType>;
  ChatConnection?: ChatConnectionResolvers<ContextType>;
  ChatEdge?: ChatEdgeResolvers<ContextType>;
  Company?: CompanyResolvers<ContextType>;
  CompanyLag?: CompanyLagResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  ContactConnection?: ContactConnectionResolvers<ContextType>;
  ContactEdge?: ContactEdgeResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  FailedAttempt?: FailedAttemptResolvers<ContextType>;
  FailedEvent?: FailedEventResolvers<ContextType>;
  FailedEventConnection?: FailedEventConnectionResolvers<ContextType>;
  FailedEventEdge?: FailedEventEdgeResolvers<ContextType>;
  FailedEventGroup?: FailedEventGroupResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Message?: MessageResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Onboarding?: OnboardingResolvers<ContextType>;
  OnboardingConnection?: OnboardingConnectionResolvers<ContextType>;
  OnboardingEdge?: OnboardingEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ProjectionFreshness?: ProjectionFreshnessResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReplayChange?: ReplayChangeResolvers<ContextType>;
  ReplayCounts?: ReplayCountsResolvers<ContextType>;
  ReplayItem?: ReplayItemResolvers<ContextType>;
  ReplayItemConnection?: ReplayItemConnectionResolvers<ContextType>;
  ReplayItemEdge?: ReplayItemEdgeResolvers<ContextType>;
  ReplayJob?: ReplayJobResolvers<ContextType>;
  ReplayJobConnection?: ReplayJobConnectionResolvers<ContextType>;
  ReplayJobEdge?: ReplayJobEdgeResolvers<ContextType>;
  StreamLag?: StreamLagResolvers<ContextType>;
};

