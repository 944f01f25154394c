// SPDX-License-Identifier: MIT
/**
 * JDBC for a database in this JVM: pgjdbc talks to the server's protocol over sockets that are none
 * ({@link io.distdb.client.jdbc.InProcessSocket}), in the program's own threads. pgjdbc is an
 * optional dependency; {@link io.distdb.client.jdbc.DriverDataSource} alone knows its types.
 */
package io.distdb.client.jdbc;
