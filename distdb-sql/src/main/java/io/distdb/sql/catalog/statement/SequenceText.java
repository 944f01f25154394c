// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.statement;

import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;

/** Statements that make sequences. */
final class SequenceText {
  private SequenceText() {}

  static String create(Sequence sequence) {
    return "CREATE SEQUENCE "
        + Names.of(sequence.schema(), sequence.name())
        + " AS "
        + sequence.type().sqlName()
        + options(sequence);
  }

  /** The options of a sequence, each after a blank; the type is not among them. */
  private static String options(Sequence sequence) {
    return " START WITH "
        + sequence.start()
        + " INCREMENT BY "
        + sequence.increment()
        + " MINVALUE "
        + sequence.minimum()
        + " MAXVALUE "
        + sequence.maximum()
        + " CACHE "
        + sequence.cache()
        + (sequence.cycles() ? " CYCLE" : "");
  }

  /** Follows the type of an identity column. */
  static String identity(TableColumn.Identity identity, Sequence sequence) {
    String when =
        switch (identity) {
          case ALWAYS -> "ALWAYS";
          case BY_DEFAULT -> "BY DEFAULT";
        };
    return " GENERATED "
        + when
        + " AS IDENTITY (SEQUENCE NAME "
        + Names.of(sequence.schema(), sequence.name())
        + options(sequence)
        + ")";
  }

  static String ownedBy(Sequence sequence, Table table, int ordinal) {
    return "ALTER SEQUENCE "
        + Names.of(sequence.schema(), sequence.name())
        + " OWNED BY "
        + Names.of(table)
        + "."
        + Names.of(table.columns().get(ordinal).name());
  }
}
