// SPDX-License-Identifier: MIT
/**
 * Messages of PostgreSQL's protocol 3.0 as bytes: read from a client, written to it. Knows no
 * sockets and no SQL.
 */
package io.distdb.node.pgwire.message;
