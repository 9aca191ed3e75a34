import { describe, expect, it } from '@jest/globals';
import { change } from '../../src/db/change.ts';
import { type EditUser, editUser } from '../../src/domain/users/edit-user.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { testDatabase } from '../support/database.ts';
import { aService, aUser } from './users.ts';

const database = testDatabase();
const edit = (id: string, input: EditUser) =>
  change(database.db, { actor: operator, action: 'user.edit' }, (tx) => editUser(tx, id, input));

describe('editing a user', () => {
  it('always leaves an administrator', async () => {
    const only = await aUser(database.db, 'Ada', 'admin');
    await expect(edit(only.id, { roles: ['editor'] })).rejects.toMatchObject({ code: 'user.last_administrator' });
    await expect(edit(only.id, { disabled: true })).rejects.toMatchObject({ code: 'user.last_administrator' });
    await aUser(database.db, 'Ben', 'admin');
    await edit(only.id, { roles: ['editor'] });
  });

  it('revokes the tokens that they own in roles which are no longer theirs', async () => {
    const user = await aUser(database.db, 'Cyd', 'editor', 'reviewer');
    const [kept, lost] = [await aService(database.db, 'reviewer', user), await aService(database.db, 'editor', user)];
    await edit(user.id, { roles: ['reviewer'] });
    const tokens = await database.db
      .selectFrom('tokens')
      .select(['id', 'revoked_at'])
      .where('owner_id', '=', user.id)
      .execute();
    expect(tokens.find(({ id }) => id === kept.tokenId)!.revoked_at).toBeNull();
    expect(tokens.find(({ id }) => id === lost.tokenId)!.revoked_at).not.toBeNull();
  });

  it('that changes nothing is no change', async () => {
    const user = await aUser(database.db, 'Dot', 'editor');
    const count = async () => (await database.db.selectFrom('changes').select('id').execute()).length;
    const before = await count();
    await edit(user.id, { name: 'Dot', roles: ['editor'] });
    expect(await count()).toBe(before);
  });
});
