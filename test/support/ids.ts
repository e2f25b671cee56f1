/** A uuid that nothing has. */
export const NOBODYS = '00000000-0000-4000-8000-000000000000';

export const idOf = (type: string, uuid: string) => Buffer.from(`${type}:${uuid}`).toString('base64url');
export const uuidOf = (id: string) => Buffer.from(id, 'base64url').toString().split(':')[1] ?? '';
