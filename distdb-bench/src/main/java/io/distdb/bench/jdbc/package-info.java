// SPDX-License-Identifier: MIT
/** What JDBC within the process costs, beside a peer's. */
package io.distdb.bench.jdbc;
