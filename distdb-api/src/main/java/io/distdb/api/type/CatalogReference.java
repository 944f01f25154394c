// SPDX-License-Identifier: MIT
package io.distdb.api.type;

import java.util.Objects;

/**
 * A value of REGCLASS, REGTYPE or their like: the number of an object of the catalog, and its name
 * as it was when the value was made, so that writing the value asks no catalog. Two are equal when
 * their numbers are.
 *
 * @param type one of which {@link SqlType.Scalar#isReference}
 * @param oid 0 to 2^32 - 1; 0 for none
 * @param text as PostgreSQL writes it: the name, with its schema where the search path does not
 *     find it; the number where there is no such object; {@code -} for 0
 */
public record CatalogReference(SqlType.Scalar type, long oid, String text)
    implements Comparable<CatalogReference> {
  public CatalogReference {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(text, "text");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CatalogReference reference && reference.oid == oid;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(oid);
  }

  @Override
  public int compareTo(CatalogReference other) {
    return Long.compare(oid, other.oid);
  }
}
