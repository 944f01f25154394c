// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import java.nio.charset.StandardCharsets;

/** The column families of an instance, in the order in which they are made: their ids follow it. */
enum Family {
  /** What the instance knows of its stores and indexes, and side records. */
  RECORDS("default"),
  /** Newest versions of BTREE indexes. */
  ORDERED("ordered"),
  /** Newest versions of HASH indexes. */
  HASHED("hashed"),
  /** Older versions of both. */
  HISTORY("history");

  private final String familyName;

  Family(String familyName) {
    this.familyName = familyName;
  }

  byte[] nameBytes() {
    return familyName.getBytes(StandardCharsets.UTF_8);
  }
}
