// Gives a secured EventStoreDB the user that EVENTSTORE_URL names, lets it read the log, and leaves deleting and cutting off
// streams to operators: what `cli doctor` asks for. With the password of `admin`; may run again.
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { BACKWARDS, END, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

const { EVENTSTORE_URL: url, KURRENTDB_DEFAULT_ADMIN_PASSWORD: password } = process.env;
const own = /^(esdb:\/\/)([^:@/]+):([^@/]+)@([^,/?]+)/.exec(url ?? '');
if (own === null || !password)
  throw new Error('EVENTSTORE_URL, with a user, and KURRENTDB_DEFAULT_ADMIN_PASSWORD are needed');
const [before, scheme, user, userPassword, host] = [own[0], ...own.slice(1).map(decodeURIComponent)];

const ADMINS = '$admins';
const settings = {
  $userStreamAcl: { $r: '$all', $w: '$all', $d: ADMINS, $mr: '$all', $mw: ADMINS },
  $systemStreamAcl: { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
};

// The client knows no users. The certificate's authority is told by NODE_EXTRA_CA_CERTS.
const makeUser = () =>
  fetch(`https://${host}/users/`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ loginName: user, fullName: 'Spoor', groups: [], password: userPassword }),
  }).then(
    async (answer) =>
      answer.ok ? 'was made' : answer.status === 409 ? 'was there' : fail(`${answer.status} ${await answer.text()}`),
    (error) => fail(error.cause?.message ?? error.message),
  );
const fail = (why) => new Error(`The user could not be made: ${why}`);

// Before there is a leader, and it has its first users, nobody is known.
let made = await makeUser();
for (const until = Date.now() + 60_000; made instanceof Error && Date.now() < until; made = await makeUser())
  await setTimeout(1_000);
if (made instanceof Error) throw made;

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
console.log(`${user} ${made}, reads the log, and deletes nothing`);

async function lastSettings() {
  try {
    const read = client.readStream('$settings', { ...options, direction: BACKWARDS, fromRevision: END, maxCount: 1 });
    for await (const { event } of read) return event?.data;
  } catch (error) {
    if (error.type !== 'stream-not-found') throw error;
  }
  return undefined;
}
