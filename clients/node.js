// node's pg against the node at PGHOST and PGPORT; run by clients/run, which sets NODE_PATH.
'use strict';
const assert = require('node:assert');
const { Client, Pool } = require('pg');
const Cursor = require('pg-cursor');
const copy = require('pg-copy-streams');
const { Readable } = require('node:stream');
const { pipeline } = require('node:stream/promises');

const parts = {
  async 'parameters and types'(client) {
    const { rows, fields } = await client.query(
      `SELECT $1::int AS i, $2::bigint AS big, $3::text AS s, $4::boolean AS b, $5::float8 AS f, $6::numeric AS n,
         $7::timestamptz AS at, $8::bytea AS raw, $9::uuid AS u, NULL::text AS nothing`,
      [7, '9007199254740993', "it's", true, 1.5, '12.50', new Date(86400000), Buffer.from([0, 255]),
        '123e4567-e89b-12d3-a456-426614174000']);
    assert.deepStrictEqual({ ...rows[0] }, {
      i: 7, big: '9007199254740993', s: "it's", b: true, f: 1.5, n: '12.50', at: new Date(86400000),
      raw: Buffer.from([0, 255]), u: '123e4567-e89b-12d3-a456-426614174000', nothing: null });
    assert.deepStrictEqual(fields.slice(0, 3).map((field) => field.dataTypeID), [23, 20, 25]);
  },

  async arrays(client) {
    const { rows } = await client.query('SELECT $1::int[] AS i, $2::text[] AS s, 2 = ANY($1::int[]) AS has',
      [[1, 2, 3], ['a,b', '"q"', null]]);
    assert.deepStrictEqual({ ...rows[0] }, { i: [1, 2, 3], s: ['a,b', '"q"', null], has: true });
  },

  async transactions(client) {
    await client.query('CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL)');
    await client.query('BEGIN');
    const inserted = await client.query('INSERT INTO item VALUES ($1, $2) RETURNING id', [1, 'one']);
    assert.deepStrictEqual([inserted.command, inserted.rowCount, inserted.rows[0].id], ['INSERT', 1, 1]);
    await client.query('ROLLBACK');
    assert.strictEqual((await client.query('SELECT * FROM item')).rowCount, 0);
    await client.query('BEGIN');
    await client.query('INSERT INTO item VALUES (1, $1)', ['one']);
    await client.query('SAVEPOINT s');
    await assert.rejects(client.query('INSERT INTO item VALUES (1, $1)', ['again']), { code: '23505' });
    await client.query('ROLLBACK TO SAVEPOINT s');
    await client.query('COMMIT');
    assert.strictEqual((await client.query('SELECT * FROM item')).rowCount, 1);
  },

  async 'named prepared statements'(client) {
    for (const id of [1, 2]) {
      const { rows } = await client.query({ name: 'by-id', text: 'SELECT count(*)::int AS n FROM item WHERE id = $1', values: [id] });
      assert.strictEqual(rows[0].n, id === 1 ? 1 : 0);
    }
    // the second run was a Bind alone: pg parses a name once, and refuses it for another text
    assert.deepStrictEqual(Object.keys(client.connection.parsedStatements), ['by-id']);
    await assert.rejects(client.query({ name: 'by-id', text: 'SELECT 2' }), /Prepared statements must be unique/);
  },

  async 'several statements in one query'(client) {
    const results = await client.query('SELECT 1 AS a; SELECT 2 AS b');
    assert.deepStrictEqual(results.map((result) => ({ ...result.rows[0] })), [{ a: 1 }, { b: 2 }]);
  },

  async 'LISTEN and NOTIFY'(client) {
    const other = await connect();
    const heard = new Promise((resolve) => client.once('notification', resolve));
    await client.query('LISTEN news');
    await other.query("SELECT pg_notify('news', 'hello')");
    const { channel, payload } = await heard;
    assert.deepStrictEqual([channel, payload], ['news', 'hello']);
    await other.end();
  },

  async 'errors have code, position and constraint'(client) {
    await assert.rejects(client.query('SELECT nam FROM item'), { code: '42703', position: '8', severity: 'ERROR' });
    await assert.rejects(client.query('INSERT INTO item VALUES ($1, $2)', [1, 'x']),
      { code: '23505', table: 'item', constraint: 'item_pkey', schema: 'public' });
    await assert.rejects(client.query('INSERT INTO item VALUES (5, NULL)'), { code: '23502', column: 'name' });
    await assert.rejects(client.query('SELECT $1::int', ['x']), { code: '22P02' });
    await assert.rejects(client.query('SELECT $1::jsonb', [{ a: 1 }]), { code: '0A000', position: '12' });
  },

  async 'a cursor reads in portions'(client) {
    const cursor = client.query(new Cursor('SELECT n FROM generate_series(1, $1::int) n', [250]));
    const sizes = [];
    let rows;
    do {
      rows = await cursor.read(100);
      sizes.push(rows.length);
    } while (rows.length > 0);
    assert.deepStrictEqual(sizes, [100, 100, 50, 0]);
    await cursor.close();
  },

  async 'COPY in and out'(client) {
    await client.query('CREATE TABLE copied (id int, name text)');
    await pipeline(Readable.from(['1\tone\n', '2\t\\N\n']), client.query(copy.from('COPY copied FROM STDIN')));
    const chunks = [];
    for await (const chunk of client.query(copy.to('COPY copied TO STDOUT (FORMAT csv)'))) chunks.push(chunk);
    assert.strictEqual(Buffer.concat(chunks).toString(), '1,one\n2,\n');
  },

  async 'many queries of a pool at once'() {
    const pool = new Pool({ max: 8 });
    const answers = await Promise.all([...Array(100).keys()].map((n) => pool.query('SELECT $1::int AS n', [n])));
    await pool.end();
    assert.deepStrictEqual(answers.map((answer) => answer.rows[0].n), [...Array(100).keys()]);
  },
};

async function connect() {
  const client = new Client(); // from PGHOST and its kin
  await client.connect();
  return client;
}

async function main() {
  const client = await connect();
  for (const [name, part] of Object.entries(parts)) {
    try {
      await part(client);
      console.log(`ok: pg: ${name}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`FAILED: pg: ${name}: ${error.message}`);
      await client.query('ROLLBACK').catch(() => {});
    }
  }
  await client.end();
}

// A part that never ends must not hold the script up.
const limit = setTimeout(() => {
  console.log('FAILED: pg: no end after 60 s');
  process.exit(1);
}, 60000);
main().catch((error) => {
  console.log(`FAILED: pg: ${error.message}`);
  process.exitCode = 1;
}).finally(() => clearTimeout(limit));
