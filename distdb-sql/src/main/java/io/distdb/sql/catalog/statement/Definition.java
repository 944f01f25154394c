// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.statement;

import java.util.Locale;

/**
 * One object of a database, or one thing to be known of it.
 *
 * @param schema of the object; of a schema itself its name
 * @param name of the object
 * @param table the table of {@code schema} that it goes with; empty when it goes with none
 * @param statement what defines it, without a semicolon. Of {@link Kind#DATA} the beginning of a
 *     COPY, of {@link Kind#POSITION} the name of the sequence
 */
public record Definition(Kind kind, String schema, String name, String table, String statement) {
  /** In which part of a dump a definition belongs. */
  public enum Section {
    /** Before there are rows. */
    BEFORE_DATA,
    DATA,
    /** When all rows are there. */
    AFTER_DATA;

    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What is defined. */
  public enum Kind {
    SCHEMA(Section.BEFORE_DATA),
    SEQUENCE(Section.BEFORE_DATA),
    TABLE(Section.BEFORE_DATA),
    DEFAULT(Section.BEFORE_DATA),
    /** A sequence goes with a column. */
    OWNED_BY(Section.BEFORE_DATA),
    INDEX(Section.BEFORE_DATA),
    VIEW(Section.BEFORE_DATA),
    COMMENT(Section.BEFORE_DATA),
    /** Whose an object is, when not the first role's. */
    OWNER(Section.BEFORE_DATA),
    /** The rows of a table. */
    DATA(Section.DATA),
    /** How far a sequence has come. */
    POSITION(Section.DATA),
    FOREIGN_KEY(Section.AFTER_DATA),
    /** Of what is defined after the data. */
    LATE_COMMENT(Section.AFTER_DATA),
    /** GRANT, REVOKE, and whose word it is; last what new objects begin with. */
    GRANT(Section.AFTER_DATA);

    private final Section section;

    Kind(Section section) {
      this.section = section;
    }

    public Section section() {
      return section;
    }

    public String text() {
      return this == LATE_COMMENT ? "comment" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
