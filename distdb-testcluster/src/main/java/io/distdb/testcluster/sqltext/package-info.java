// SPDX-License-Identifier: MIT
/**
 * SQL tests as text, in sqllogictest's format with DistDB's extensions: {@code statement error
 * sqlstate=23505}, {@code session NAME} before a record, and {@code explain} records that name what
 * a plan must and must not contain.
 */
package io.distdb.testcluster.sqltext;
