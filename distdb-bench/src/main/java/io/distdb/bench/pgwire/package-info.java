// SPDX-License-Identifier: MIT
/** What the server of PostgreSQL's protocol spends on bytes. */
package io.distdb.bench.pgwire;
