// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/**
 * What the data of a COPY looks like.
 *
 * @param columns fields of a row
 * @param binary whether it is in binary, not text
 */
public record CopyShape(int columns, boolean binary) {}
