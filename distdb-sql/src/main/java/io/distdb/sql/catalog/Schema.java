// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

/** A namespace of tables, indexes, sequences and views. */
public record Schema(long id, String name) {
  /** The id of {@link Table#PUBLIC}, which every database has from the start. */
  static final long PUBLIC_ID = 1;
}
