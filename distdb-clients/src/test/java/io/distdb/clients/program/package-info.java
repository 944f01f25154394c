// SPDX-License-Identifier: MIT
/** PostgreSQL's own programs against a node, by the scripts in {@code clients}. */
package io.distdb.clients.program;
