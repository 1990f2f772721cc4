// Gives a secured EventStoreDB the user that EVENTSTORE_URL names, lets it read the log, and leaves deleting and cutting off
// streams to operators: what `cli doctor` asks for. With the password of `admin`; may run again.
import { isDeepStrictEqual } from 'node:util';
import { BACKWARDS, END, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

const { EVENTSTORE_URL: url, KURRENTDB_DEFAULT_ADMIN_PASSWORD: password } = process.env;
const own = /^(esdb(?:\+discover)?:\/\/)([^:@/]+):([^@/]+)@([^,/?]+)/.exec(url ?? '');
if (own === null || !password)
  throw new Error('EVENTSTORE_URL, with a user, and KURRENTDB_DEFAULT_ADMIN_PASSWORD are needed');
const [before, scheme, user, userPassword, host] = [own[0], ...own.slice(1).map(decodeURIComponent)];

const ADMINS = '$admins';
const settings = {
  $userStreamAcl: { $r: '$all', $w: '$all', $d: ADMINS, $mr: '$all', $mw: ADMINS },
  $systemStreamAcl: { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
};

// The client knows no users. The certificate's authority is told by NODE_EXTRA_CA_CERTS.
const made = await fetch(`https://${host}/users/`, {
  method: 'POST',
  headers: {
    Authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ loginName: user, fullName: 'Spoor', groups: [], password: userPassword }),
});
const isThere = made.status === 409;
if (!made.ok && !isThere) throw new Error(`The user could not be made: ${made.status} ${await made.text()}`);

const client = EventStoreDBClient.connectionString(
  url.replace(url.slice(0, before.length), `${scheme}admin:${encodeURIComponent(password)}@${host}`),
);
// Given with each call, as everywhere in Spoor: it keeps the client from its way of appending in batches.
const options = { credentials: { username: 'admin', password } };
try {
  for (const stream of ['$all', '$settings']) {
    const { metadata } = await client.getStreamMetadata(stream, options);
    if (!(metadata?.acl?.readRoles ?? []).includes(user))
      await client.setStreamMetadata(
        stream,
        { ...metadata, acl: { ...metadata?.acl, readRoles: [ADMINS, user] } },
        options,
      );
  }
  if (!isDeepStrictEqual(await lastSettings(), settings))
    await client.appendToStream('$settings', jsonEvent({ type: '$settings', data: settings }), options);
} finally {
  await client.dispose();
}
console.log(`${user} ${isThere ? 'was there' : 'was made'}, reads the log, and deletes nothing`);

async function lastSettings() {
  try {
    const read = client.readStream('$settings', { ...options, direction: BACKWARDS, fromRevision: END, maxCount: 1 });
    for await (const { event } of read) return event?.data;
  } catch (error) {
    if (error.type !== 'stream-not-found') throw error;
  }
  return undefined;
}
