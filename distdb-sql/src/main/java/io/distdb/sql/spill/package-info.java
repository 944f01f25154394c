// SPDX-License-Identifier: MIT
/**
 * Rows that a statement has no memory for, in temporary files: blocks of columns, compressed, with
 * a checksum each. Files live as long as the statement, are read by the process that wrote them
 * alone, and are never forced. Nothing here knows operators or plans.
 */
package io.distdb.sql.spill;
