import type { Answer, Client } from './server.js';

const ERRORS = 'userErrors { code field message }';
const REQUEST = `mutation ($email: String!) { signInRequest(input: { email: $email }) { sent ${ERRORS} } }`;
const VERIFY = `mutation ($email: String!, $code: String!) { signInVerify(input: { email: $email, code: $code }) { account { id email role } ${ERRORS} } }`;
const SET_ROLE = `mutation ($email: String!, $role: AccountRole!) { accountRoleSet(input: { email: $email, role: $role }) { account { email role } ${ERRORS} } }`;
export const SIGN_OUT = `mutation { signOut { signedOut ${ERRORS} } }`;
export const CREATE_TOKEN = `mutation ($days: Int! = 90) { apiTokenCreate(input: { name: "Skript", days: $days }) { token apiToken { id name expiresAt } ${ERRORS} } }`;
export const REVOKE_TOKEN = `mutation ($id: ID!) { apiTokenRevoke(input: { id: $id }) { revoked ${ERRORS} } }`;

export const requestCode = (client: Client, email: string): Promise<Answer> => client.send(REQUEST, { email });
export const verifyCode = (client: Client, email: string, code: string): Promise<Answer> => client.send(VERIFY, { email, code });
export const setRole = (client: Client, email: string, role: string): Promise<Answer> => client.send(SET_ROLE, { email, role });

/** The account behind a client; null when it is not signed in. */
export async function viewerOf(client: Client, headers: Record<string, string> = {}): Promise<{ email: string; role: string } | null> {
  const { data } = await client.send('{ viewer { email role } }', {}, headers);
  return (data as { viewer: { email: string; role: string } | null }).viewer;
}
