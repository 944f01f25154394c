// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

/** How intervals are written (PostgreSQL's documentation, 8.5.5). */
public enum IntervalStyle {
  POSTGRES,
  POSTGRES_VERBOSE,
  SQL_STANDARD,
  ISO_8601
}
