// SPDX-License-Identifier: MIT
/**
 * Sessions with a node over the network, in PostgreSQL's protocol: {@link
 * io.distdb.client.remote.Connections} has a pool of them. pgjdbc speaks the protocol and HikariCP
 * keeps the pool; both are optional dependencies, and no type of theirs leaves this package.
 *
 * <p>The driver is used beneath its JDBC layer, by its {@code QueryExecutor}: the text of a
 * statement goes to the server as it is, with {@code $1}, {@code $2}, and completion tags, types
 * and positions of errors come back as the server told them (docs/adr has why).
 */
package io.distdb.client.remote;
