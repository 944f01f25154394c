// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Objects of the catalog by number and by name, as one statement sees them: values of REGCLASS,
 * REGTYPE and their like.
 */
public interface CatalogNames {
  /**
   * What {@code text} names: a number, {@code -}, or a name as it is written in SQL, with a schema
   * or found on the search path.
   *
   * @param type of which {@link SqlType.Scalar#isReference}
   * @throws io.distdb.api.error.DistDbException there is no such object, or the text is no name
   */
  CatalogReference read(SqlType.Scalar type, String text);

  /** The number of the relation that {@code text} names; absent when it is no name of one. */
  Optional<Long> relation(String text);

  /** A function, however often its name is there. */
  record Routine(String name, long oid) {}

  List<Routine> routines();

  /** The names of the orders of texts. */
  Set<String> collations();

  /** The object of number {@code oid}, which need not be there. */
  CatalogReference of(SqlType.Scalar type, long oid);
}
