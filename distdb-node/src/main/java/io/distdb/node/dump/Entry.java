// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import io.distdb.client.Row;
import io.distdb.sql.text.Texts;

/** A row of {@code distdb.definitions}. */
record Entry(
    String section, String kind, String schema, String name, String subject, String statement) {
  static final String QUERY =
      "SELECT section, kind, schema_name, object_name, coalesce(table_name, object_name), statement"
          + " FROM distdb.definitions ORDER BY position";

  static Entry of(Row row) {
    return new Entry(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5));
  }

  boolean isData() {
    return section.equals("data");
  }

  /** The name of the object with that of its schema, quoted where they must be. */
  String qualifiedName() {
    return Texts.identifier(schema) + "." + Texts.identifier(name);
  }

  /** {@code Name: t; Type: table; Schema: public}, without line ends that would end a comment. */
  String heading() {
    String text = "Name: " + name + "; Type: " + kind + "; Schema: " + schema;
    return text.replaceAll("[\\r\\n]", " ");
  }
}
