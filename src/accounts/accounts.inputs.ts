import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Transform } from 'class-transformer';
import { IsEmail, IsEnum, Max, MaxLength, Min } from 'class-validator';
import { Payload } from '../api/errors.js';
import { Text } from '../api/validation.js';
import { AccountRole } from '../api/viewer.js';
import { Account, Session } from './account.entity.js';

const MAX_EMAIL = 254;
const MAX_DAYS = 365;
const DAYS = { code: 'NUMBER_INVALID', values: { min: 1, max: MAX_DAYS } };

function Email(): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toLowerCase() : value))(target, property);
    IsEmail({}, { context: { code: 'EMAIL_INVALID' } })(target, property);
    MaxLength(MAX_EMAIL, { context: { code: 'EMAIL_INVALID' } })(target, property);
  };
}

@InputType({ description: 'Asks for a one-time code.' })
export class SignInRequestInput {
  @Field({ description: 'Where the code goes.' })
  @Email()
  email!: string;
}

@InputType({ description: 'Signs in with a one-time code.' })
export class SignInVerifyInput {
  @Field({ description: 'The address that the code went to.' })
  @Email()
  email!: string;

  @Field({ description: 'The six digits from the mail.' })
  @Text({ max: 20 })
  code!: string;
}

@InputType({ description: 'A token for an API client.' })
export class ApiTokenCreateInput {
  @Field({ description: 'What it is for, to recognise it by.' })
  @Text({ max: 100 })
  name!: string;

  @Field(() => Int, { defaultValue: 90, description: `How many days it works, 1 to ${MAX_DAYS}.` })
  @Min(1, { context: DAYS })
  @Max(MAX_DAYS, { context: DAYS })
  days!: number;
}

@InputType({ description: 'Ends an API token.' })
export class ApiTokenRevokeInput {
  @Field(() => ID, { description: 'Which token.' })
  id!: string;
}

@InputType({ description: 'Gives an account its role.' })
export class AccountRoleSetInput {
  @Field({ description: 'Whose account; they must have signed in once.' })
  @Email()
  email!: string;

  @Field(() => AccountRole, { description: 'The role.' })
  @IsEnum(AccountRole)
  role!: AccountRole;
}

@ObjectType({ description: 'Whether a code was sent.' })
export class SignInRequestPayload extends Payload {
  @Field({ defaultValue: false, description: 'True when a code is on its way.' })
  sent: boolean = false;
}

@ObjectType({ description: 'Who has signed in. The session comes as a cookie.' })
export class SignInPayload extends Payload {
  @Field(() => Account, { nullable: true, description: 'Your account.' })
  account?: Account | null;
}

@ObjectType({ description: 'Whether you are signed out.' })
export class SignOutPayload extends Payload {
  @Field({ defaultValue: false, description: 'True when this session is over.' })
  signedOut: boolean = false;
}

@ObjectType({ description: 'A new API token.' })
export class ApiTokenCreatePayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The token itself, shown this once. Send it as "Authorization: Bearer …".' })
  token?: string | null;

  @Field(() => Session, { nullable: true, description: 'What is kept of it.' })
  apiToken?: Session | null;
}

@ObjectType({ description: 'Whether the token was ended.' })
export class ApiTokenRevokePayload extends Payload {
  @Field({ defaultValue: false, description: 'True when the token no longer works.' })
  revoked: boolean = false;
}

@ObjectType({ description: 'The account after the change.' })
export class AccountPayload extends Payload {
  @Field(() => Account, { nullable: true, description: 'The account.' })
  account?: Account | null;
}
