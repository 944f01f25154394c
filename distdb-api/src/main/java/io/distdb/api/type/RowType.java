// SPDX-License-Identifier: MIT
package io.distdb.api.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The type of rows of named fields: of {@code ROW(…)}, of a table's row as a value, of what some
 * functions return. No column of a table has it.
 *
 * @param name {@link #RECORD}, or the name of the table whose rows they are
 */
public record RowType(String name, List<Field> fields) implements SqlType {
  /** The name of rows that are of no table. */
  public static final String RECORD = "record";

  /** {@code void}: of parameters for which there is no value, as JDBC declares what comes out. */
  public static final RowType VOID = new RowType("void", List.of());

  public record Field(String name, SqlType type) {
    public Field {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
    }
  }

  public RowType {
    Objects.requireNonNull(name, "name");
    fields = List.copyOf(fields);
  }

  /** Of fields called {@code f1}, {@code f2} and so on. */
  public static RowType of(List<SqlType> types) {
    List<Field> fields = new ArrayList<>(types.size());
    for (SqlType type : types) {
      fields.add(new Field("f" + (fields.size() + 1), type));
    }
    return new RowType(RECORD, fields);
  }

  @Override
  public String sqlName() {
    return name;
  }

  @Override
  public String shortName() {
    return name;
  }

  /** The types of the fields alone: what two rows must have in common to be compared. */
  @Override
  public SqlType unmodified() {
    return of(fields.stream().map(field -> field.type().unmodified()).toList());
  }

  /** Position of the field from 0, or -1. */
  public int ordinalOf(String field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        return i;
      }
    }
    return -1;
  }
}
