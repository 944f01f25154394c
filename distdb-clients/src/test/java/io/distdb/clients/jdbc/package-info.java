// SPDX-License-Identifier: MIT
/** PostgreSQL's JDBC driver. */
package io.distdb.clients.jdbc;
