// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.statement;

import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.ReferenceAction;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statements that make one table and what goes with it.
 *
 * <p>Keys are defined with the table, not after its rows: DistDB keeps rows by their primary key,
 * and would store them all anew, in one transaction, which large tables do not fit into.
 */
final class TableText {
  private static final Pattern NEXTVAL =
      Pattern.compile("(nextval\\s*\\(\\s*')((?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);

  /**
   * What an expression may have, and that of DEFAULT in CREATE TABLE may not, outside of
   * parentheses.
   */
  private static final Pattern BEYOND_DEFAULT =
      Pattern.compile(
          "\\b(and|or|not|in|like|ilike|similar|between|is|isnull|notnull|overlaps|at|collate)\\b",
          Pattern.CASE_INSENSITIVE);

  private final CatalogView catalog;
  private final Table table;

  TableText(CatalogView catalog, Table table) {
    this.catalog = catalog;
    this.table = table;
  }

  String create() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      lines.add(column(i));
    }
    if (!table.hasRowId()) {
      String name = Names.of(table.primaryKeyName());
      lines.add("CONSTRAINT " + name + " PRIMARY KEY " + Names.columns(table, table.primaryKey()));
    }
    for (Constraint constraint : table.constraints()) {
      definition(constraint)
          .ifPresent(text -> lines.add("CONSTRAINT " + Names.of(constraint.name()) + text));
    }
    return lines.stream()
        .collect(
            Collectors.joining(",\n    ", "CREATE TABLE " + Names.of(table) + " (\n    ", "\n)"));
  }

  private String column(int ordinal) {
    TableColumn column = table.columns().get(ordinal);
    StringBuilder text = new StringBuilder(Names.of(column.name()));
    text.append(' ').append(column.type().sqlName());
    column.collation().ifPresent(name -> text.append(" COLLATE ").append(Names.of(name)));
    if (column.identity().isPresent()) {
      Sequence sequence = ownedBy(ordinal).orElseThrow();
      text.append(SequenceText.identity(column.identity().get(), sequence));
    } else if (column.defaultText().isPresent() && !isLate(column)) {
      text.append(" DEFAULT ").append(qualified(column.defaultText().get()));
    }
    return text.append(column.notNull() ? " NOT NULL" : "").toString();
  }

  /** The sequence that goes with a column. */
  private Optional<Sequence> ownedBy(int ordinal) {
    int slot = table.slotOf(ordinal);
    return catalog.sequences().stream()
        .filter(sequence ->
            sequence
                .owner()
                .filter(owner -> owner.table().equals(table.id()) && owner.slot() == slot)
                .filter(Sequence.Owner::internal)
                .isPresent())
        .findFirst();
  }

  /** Whether the default is set by a statement of its own. */
  private static boolean isLate(TableColumn column) {
    return column.identity().isEmpty()
        && column.defaultText().filter(text -> BEYOND_DEFAULT.matcher(text).find()).isPresent();
  }

  /** Absent: it is defined elsewhere. */
  private Optional<String> definition(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey key -> Optional.empty();
      case Constraint.Unique unique ->
          Optional.of(" UNIQUE " + Names.columns(table, unique.columns()));
      case Constraint.Check check -> Optional.of(" CHECK (" + check.text() + ")");
      case Constraint.ForeignKey key -> Optional.empty();
    };
  }

  /** The defaults that CREATE TABLE cannot have. */
  List<String> defaults() {
    return table.columns().stream()
        .filter(TableText::isLate)
        .map(column ->
            "ALTER TABLE ONLY "
                + Names.of(table)
                + " ALTER COLUMN "
                + Names.of(column.name())
                + " SET DEFAULT "
                + qualified(column.defaultText().orElseThrow()))
        .toList();
  }

  /**
   * The text of a default with the sequences of {@code nextval} under the names of their schemas.
   */
  private String qualified(String text) {
    Matcher matcher = NEXTVAL.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2);
      String prefix = name.matches("\"[^\"]*\"|[^.\"]*") ? schemaOf(name) + "." : "";
      matcher.appendReplacement(
          result, Matcher.quoteReplacement(matcher.group(1) + prefix + name + "'"));
    }
    return matcher.appendTail(result).toString();
  }

  /** A sequence that is named alone is one of the table's schema, or else of public. */
  private String schemaOf(String name) {
    String bare =
        name.startsWith("\"")
            ? name.substring(1, name.length() - 1)
            : name.toLowerCase(java.util.Locale.ROOT);
    boolean near = catalog.sequence(table.schema(), bare.replace("''", "'")).isPresent();
    return Names.of(near ? table.schema() : Table.PUBLIC).replace("'", "''");
  }

  /**
   * PostgreSQL has no hash index that is unique or of several columns: where one is, the statement
   * makes a B-tree.
   */
  String create(IndexDefinition index) {
    boolean hash =
        switch (index.kind()) {
          case HASH -> !index.unique() && index.parts().size() == 1;
          case BTREE -> false;
        };
    String parts =
        index.parts().stream().map(part -> part(part, hash)).collect(Collectors.joining(", "));
    return "CREATE "
        + (index.unique() ? "UNIQUE " : "")
        + "INDEX "
        + Names.of(index.name())
        + " ON "
        + Names.of(table)
        + " USING "
        + (hash ? "hash" : "btree")
        + " ("
        + parts
        + ")";
  }

  private String part(IndexDefinition.Part part, boolean hash) {
    String name = Names.of(table.columns().get(part.ordinal()).name());
    if (hash) {
      return name;
    }
    String nulls = part.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
    return name
        + (part.descending() ? " DESC" : "")
        + (part.nullsFirst() == part.descending() ? "" : nulls);
  }

  String addForeignKey(Constraint.ForeignKey key) {
    Table referenced = catalog.table(key.referenced()).orElseThrow();
    return "ALTER TABLE ONLY "
        + Names.of(table)
        + " ADD CONSTRAINT "
        + Names.of(key.name())
        + " FOREIGN KEY "
        + Names.columns(table, key.columns())
        + " REFERENCES "
        + Names.of(referenced)
        + Names.columns(referenced, key.referencedColumns())
        + (key.matchFull() ? " MATCH FULL" : "")
        + action(" ON UPDATE ", key.onUpdate())
        + action(" ON DELETE ", key.onDelete())
        + (key.deferrable() ? " DEFERRABLE" : "")
        + (key.initiallyDeferred() ? " INITIALLY DEFERRED" : "")
        + (key.validated() ? "" : " NOT VALID");
  }

  private static String action(String when, ReferenceAction action) {
    return action == ReferenceAction.NO_ACTION ? "" : when + action.words();
  }

  /** {@code COPY table (columns)}. */
  String copy() {
    List<Integer> all = IntStream.range(0, table.columns().size()).boxed().toList();
    return "COPY " + Names.of(table) + " " + Names.columns(table, all);
  }
}
