// Alibaba Cloud's own client for Node, against the server that the tests of oss:// use: what it takes for granted of the service must hold there.
'use strict';
const assert = require('node:assert');
const OSS = require('ali-oss');

const [endpoint, region, accessKeyId, accessKeySecret, plain, versioned] = process.argv.slice(2);

function client(bucket, authorizationV4, secret = accessKeySecret) {
  return new OSS({ endpoint, region: `oss-${region}`, accessKeyId, accessKeySecret: secret, bucket, authorizationV4, retryMax: 0 });
}

async function refused(code, run) {
  await assert.rejects(run, error => error.code === code || (console.error(error), false));
}

async function main() {
  for (const v4 of [false, true]) {
    const oss = client(plain, v4);
    const key = `dir/odd key+%ü-${v4}`;
    await oss.put(key, Buffer.from('content'), { headers: { 'x-oss-forbid-overwrite': 'true' }, meta: { 'kops-write': 'mark' } });
    await refused('FileAlreadyExists', () => oss.put(key, Buffer.from('other'), { headers: { 'x-oss-forbid-overwrite': 'true' } }));
    const read = await oss.get(key);
    assert.equal(read.content.toString(), 'content');
    const head = await oss.head(key);
    assert.equal(head.meta['kops-write'], 'mark');
    assert.equal((await oss.get(key, { headers: { Range: 'bytes=3-' } })).content.toString(), 'tent');

    await oss.copy(`copy-${v4}`, key);
    assert.equal((await oss.get(`copy-${v4}`)).content.toString(), 'content');

    const large = Buffer.alloc(250 * 1024, v4 ? 'a' : 'b');
    await oss.multipartUpload(`large-${v4}`, large, { partSize: 100 * 1024, parallel: 1 });
    assert.ok(large.equals((await oss.get(`large-${v4}`)).content));

    for (let i = 0; i < 3; i++) await oss.put(`list-${v4}/${i}/x`, Buffer.from('x'));
    const level = await oss.listV2({ prefix: `list-${v4}/`, delimiter: '/' });
    assert.deepEqual(level.prefixes, [0, 1, 2].map(i => `list-${v4}/${i}/`));
    const first = await oss.listV2({ prefix: `list-${v4}/`, 'max-keys': 2 });
    assert.deepEqual(first.objects.map(o => o.name), [`list-${v4}/0/x`, `list-${v4}/1/x`]);
    const second = await oss.listV2({ prefix: `list-${v4}/`, 'max-keys': 2, 'continuation-token': first.nextContinuationToken });
    assert.deepEqual(second.objects.map(o => o.name), [`list-${v4}/2/x`]);
    assert.equal(second.isTruncated, false);

    const deleted = await oss.deleteMulti([0, 1, 2].map(i => `list-${v4}/${i}/x`));
    assert.equal(deleted.deleted.length, 3);
    await oss.delete(key);
    await refused('NoSuchKey', () => oss.get(key));
    await refused('NoSuchBucket', () => client('no-such-bucket', v4).get(key));
    await refused('SignatureDoesNotMatch', () => client(plain, v4, 'wrong').get(key));

    const kept = client(versioned, v4);
    assert.equal((await kept.getBucketVersioning(versioned)).versionStatus, 'Enabled');
    // Here it has no effect.
    for (const text of ['one', 'two']) await kept.put(`kept-${v4}`, Buffer.from(text), { headers: { 'x-oss-forbid-overwrite': 'true' } });
    await kept.delete(`kept-${v4}`);
    const versions = await kept.getBucketVersions({ prefix: `kept-${v4}` });
    assert.equal(versions.objects.length, 2);
    assert.equal(versions.deleteMarker.length, 1);
    assert.equal((await kept.get(`kept-${v4}`, { versionId: versions.objects[1].versionId })).content.toString(), 'one');
  }
  console.log('OK');
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
