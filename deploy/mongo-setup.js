// For mongosh: makes mongo1, mongo2 and mongo3 one replica set, with an administrator and the user of Spoor. May run again.
const { MONGO_ADMIN_PASSWORD: admin, MONGO_SPOOR_PASSWORD: spoor } = process.env;
if (!admin || !spoor)
  throw new Error('MONGO_ADMIN_PASSWORD and MONGO_SPOOR_PASSWORD are needed: see deploy/mongo.env.example');

const isThere = () => {
  try {
    return db.auth('admin', admin).ok === 1;
  } catch {
    return false;
  }
};

if (!isThere()) {
  const members = [1, 2, 3].map((n) => ({ _id: n - 1, host: `mongo${n}:27017`, priority: n === 1 ? 2 : 1 }));
  try {
    rs.initiate({ _id: 'rs0', members });
  } catch (error) {
    if (error.codeName !== 'AlreadyInitialized') throw error;
  }
  for (let tries = 0; !db.hello().isWritablePrimary; tries++) {
    if (tries === 60) throw new Error('mongo1 did not become the primary within a minute');
    sleep(1000);
  }
  db.createUser({ user: 'admin', pwd: admin, roles: ['root'] });
  db.auth('admin', admin);
}
if (db.getUser('spoor') === null)
  db.createUser({
    user: 'spoor',
    pwd: spoor,
    roles: ['spoor', 'spoor_subjects'].flatMap((name) => ['readWrite', 'dbAdmin'].map((role) => ({ role, db: name }))),
  });
