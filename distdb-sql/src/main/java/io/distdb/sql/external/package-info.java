// SPDX-License-Identifier: MIT
/**
 * Values as PostgreSQL's clients see them: the numbers of types, the text and the binary form as
 * bytes, written without a value or a string between where that can be, and read with PostgreSQL's
 * errors. COPY and the server use it; it knows no messages and no sessions.
 */
package io.distdb.sql.external;
