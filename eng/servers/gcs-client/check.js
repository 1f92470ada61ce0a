// Google's own client for Node, against the server that the tests of gs:// use: what it takes for granted of the service must hold there.
// The token endpoint of the key file is not this client's to choose, so it is told where that is.
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const { Storage } = require('@google-cloud/storage');
const { JWT } = require('google-auth-library');

const [endpoint, keyFilename] = process.argv.slice(2);
const key = JSON.parse(fs.readFileSync(keyFilename, 'utf8'));

/** The library's JWT client, with our token endpoint in place of Google's. */
function authClient() {
  const client = new JWT({ email: key.client_email, key: key.private_key, keyId: key.private_key_id, scopes: ['https://www.googleapis.com/auth/devstorage.full_control'] });
  const request = client.transporter.request.bind(client.transporter);
  client.transporter.request = options => request({ ...options, url: String(options.url).replace('https://oauth2.googleapis.com', endpoint) });
  return client;
}

const storage = new Storage({ apiEndpoint: endpoint, useAuthWithCustomEndpoint: true, projectId: 'kops-test', authClient: authClient(), retryOptions: { autoRetry: false } });

async function refused(code, run) {
  await assert.rejects(run, error => error.code === code || (console.error(error), false));
}

async function main() {
  // The client sends its resumable uploads without a token where the endpoint is not Google's.
  const authorization = 'Bearer ' + (await storage.authClient.getAccessToken());
  storage.interceptors.push({ request: options => ({ ...options, headers: { ...options.headers, authorization } }) });

  const bucket = storage.bucket('independent-' + process.pid);
  assert.deepStrictEqual(await bucket.exists(), [false]);
  await bucket.create({ versioning: { enabled: true } });
  assert.deepStrictEqual(await bucket.exists(), [true]);

  // Whole writes with conditions, odd names, hashes that the client checks itself.
  const name = 'dir/odd name+%2F?#ü😀';
  const file = bucket.file(name);
  assert.deepStrictEqual(await file.exists(), [false]);
  await file.save('first', { resumable: false, validation: 'md5', preconditionOpts: { ifGenerationMatch: 0 } });
  await refused(412, () => file.save('again', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } }));
  const [first] = await bucket.file(name).getMetadata();
  assert.strictEqual(first.name, name);
  assert.strictEqual(first.md5Hash, crypto.createHash('md5').update('first').digest('base64'));
  await file.save('second', { resumable: false, validation: 'crc32c', metadata: { metadata: { colour: 'red' } }, preconditionOpts: { ifGenerationMatch: first.generation } });
  await refused(412, () => file.save('stale', { resumable: false, preconditionOpts: { ifGenerationMatch: first.generation } }));
  const [second] = await bucket.file(name).getMetadata();
  assert.strictEqual(second.metadata.colour, 'red');
  assert.ok(BigInt(second.generation) > BigInt(first.generation));
  assert.strictEqual((await file.download({ validation: 'crc32c' })).toString(), 'second');
  assert.strictEqual((await file.download({ start: 1, end: 3 })).toString(), 'eco');

  // Generations.
  assert.strictEqual((await bucket.file(name, { generation: first.generation }).download()).toString(), 'first');
  const [versions] = await bucket.getFiles({ versions: true, prefix: name });
  assert.deepStrictEqual(versions.map(version => version.metadata.generation), [first.generation, second.generation]);
  assert.ok(versions[0].metadata.timeDeleted && !versions[1].metadata.timeDeleted);

  // Resumable uploads: in one stream, in chunks, and with a condition.
  const large = crypto.randomBytes(1_500_000);
  await bucket.file('large/stream').save(large, { resumable: true, validation: 'crc32c', preconditionOpts: { ifGenerationMatch: 0 } });
  await bucket.file('large/chunks').save(large, { resumable: true, chunkSize: 512 * 1024, validation: 'md5' });
  await refused(412, () => bucket.file('large/stream').save(large, { resumable: true, preconditionOpts: { ifGenerationMatch: 0 } }));
  for (const which of ['large/stream', 'large/chunks']) assert.ok((await bucket.file(which).download())[0].equals(large));

  // A copy takes several steps.
  await bucket.file('large/chunks').copy(bucket.file('large/copy'));
  assert.ok((await bucket.file('large/copy').download())[0].equals(large));

  // Metadata of its own, with its own count.
  const [patched] = await bucket.file('large/copy').setMetadata({ metadata: { a: 'b' } });
  assert.deepStrictEqual([patched.metageneration, patched.metadata.a], ['2', 'b']);

  // Pages and prefixes.
  await Promise.all(Array.from({ length: 25 }, (_, i) => bucket.file(`many/${String(i).padStart(2, '0')}/x`).save('x', { resumable: false })));
  const [page, next] = await bucket.getFiles({ prefix: 'many/', maxResults: 10, autoPaginate: false });
  assert.deepStrictEqual([page.length, page[0].name, Boolean(next)], [10, 'many/00/x', true]);
  const all = [...page];
  for (let query = next; query; ) {
    const [rows, following] = await bucket.getFiles(query);
    all.push(...rows);
    query = following;
  }
  assert.deepStrictEqual(all.map(row => row.name), Array.from({ length: 25 }, (_, i) => `many/${String(i).padStart(2, '0')}/x`));
  const [, , answer] = await bucket.getFiles({ prefix: 'many/', delimiter: '/', autoPaginate: false });
  assert.strictEqual(answer.prefixes.length, 25);

  // Deletion.
  await refused(412, () => file.delete({ ifGenerationMatch: first.generation }));
  await file.delete({ ifGenerationMatch: second.generation });
  await refused(404, () => file.delete());
  await refused(404, () => storage.bucket('no-such-bucket').file('x').download());
  await bucket.deleteFiles({ versions: true, force: true });
  await bucket.delete();
  console.log('OK');
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
