// SPDX-License-Identifier: MIT
/** Statements through a session of an embedded database in memory: the whole stack, no wire. */
package io.distdb.bench.sql;
