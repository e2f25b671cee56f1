import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { globalId } from '../api/ids.js';
import { Node } from '../api/node.js';
import { AccountRole } from '../api/viewer.js';

@Entity('account')
@ObjectType({ description: 'Somebody who has signed in. Seen by themselves and by administrators.', implements: () => [Node] })
export class Account extends Node {
  readonly typeName = 'Account';

  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Field({ description: 'Where the sign-in codes go.' })
  @Column('text')
  email!: string;

  @Field(() => AccountRole, { description: 'What the account may do.' })
  @Column('text')
  role!: AccountRole;
}

export type SessionKind = 'SESSION' | 'API_TOKEN';

/** A signed-in browser, or a token of an API client. Only the token's hash is stored. */
@Entity('session')
@ObjectType('ApiToken', { description: 'A token that signs an API client in.' })
export class Session {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('uuid')
  accountId!: string;

  @Column('text')
  kind!: SessionKind;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @Column('text', { nullable: true })
  name!: string | null;

  @Column('bytea')
  tokenHash!: Buffer;

  @Field(() => GraphQLISODateTime, { description: 'When it stops working.' })
  @Column('timestamptz')
  expiresAt!: Date;

  @Field(() => ID, { description: 'For apiTokenRevoke.' })
  get id(): string {
    return globalId('ApiToken', this.uuid);
  }
}
