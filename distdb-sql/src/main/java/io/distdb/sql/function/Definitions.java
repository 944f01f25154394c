// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.util.List;
import java.util.Optional;

/**
 * Definitions of the catalog in words, as one statement sees them. Absent answers mean that there
 * is no such object.
 */
public interface Definitions {
  /**
   * CREATE INDEX, or one column of it.
   *
   * @param column from 1; 0 for the whole
   * @param pretty with no more schemas and parentheses than needed
   */
  Optional<String> index(long oid, int column, boolean pretty);

  /** A constraint without its name. */
  Optional<String> constraint(long oid, boolean pretty);

  /** The query of a view. */
  Optional<String> view(long oid);

  /**
   * @param name as it is written in SQL
   * @throws io.distdb.api.error.DistDbException there is no such relation
   */
  Optional<String> view(String name);

  /**
   * An expression that the catalog keeps.
   *
   * @param text what {@code pg_attrdef.adbin} and its like have
   * @param relation whose columns it refers to
   */
  String expression(String text, long relation, boolean pretty);

  /**
   * The sequence that a column owns, as {@code nextval} takes it.
   *
   * @param table as it is written in SQL
   * @param column as it is stored
   * @throws io.distdb.api.error.DistDbException there is no such table or column
   */
  Optional<String> serialSequence(String table, String column);

  /** The types of a function's arguments. */
  Optional<String> functionArguments(long function);

  Optional<String> functionResult(long function);

  /**
   * A word of the language.
   *
   * @param category {@code R} reserved, {@code T} but for functions and types, {@code C} not
   *     reserved but for those, {@code U} not reserved
   */
  record Keyword(String word, String category) {}

  /** Every word of the language, sorted. */
  List<Keyword> keywords();

  /** Whether the bare name of a relation finds it. */
  Optional<Boolean> isVisible(long relation);
}
