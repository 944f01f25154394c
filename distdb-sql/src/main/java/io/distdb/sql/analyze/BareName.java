// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

/**
 * A relation's name that was written without its schema.
 *
 * @param start where it begins in the statement, in characters from 0
 * @param schema where it was found
 */
public record BareName(int start, String schema) {}
