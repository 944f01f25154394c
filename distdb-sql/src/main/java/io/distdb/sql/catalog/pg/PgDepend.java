// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import io.distdb.sql.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code pg_depend}: which object falls with which, as far as DistDB keeps it: sequences with their
 * columns, defaults with the sequences that they name, constraints and indexes with their columns,
 * views with what they read.
 */
final class PgDepend {
  private static final long PG_CLASS = PgDescription.PG_CLASS;
  private static final long PG_CONSTRAINT = PgDescription.PG_CONSTRAINT;
  private static final long PG_ATTRDEF = 2604;
  private static final long PG_REWRITE = 2618;
  private static final long PG_NAMESPACE = PgDescription.PG_NAMESPACE;

  private static final Pattern NEXTVAL =
      Pattern.compile("nextval\\s*\\(\\s*'((?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);

  private final PgRows rows;
  private final Environment environment;
  private final CatalogView catalog;

  private PgDepend(PgRows rows, Environment environment) {
    this.rows = rows;
    this.environment = environment;
    catalog = environment.catalog();
  }

  static void addTo(PgRows rows, Environment environment) {
    PgDepend depend = new PgDepend(rows, environment);
    depend
        .catalog
        .objects()
        .relations()
        .forEach(relation ->
            depend.add(
                PG_CLASS,
                relation.oid(),
                PG_NAMESPACE,
                PgNamespace.oid(environment, relation.schema()),
                0,
                "n"));
    depend.catalog.tables().forEach(depend::addTable);
    depend.catalog.sequences().forEach(depend::addSequence);
    depend.catalog.views().forEach(depend::addView);
  }

  private void add(
      long kind, long object, long otherKind, long other, int otherMember, String type) {
    rows.add()
        .set("classid", kind)
        .set("objid", object)
        .set("refclassid", otherKind)
        .set("refobjid", other)
        .set("refobjsubid", otherMember)
        .set("deptype", type);
  }

  private void addTable(Table table) {
    for (int i = 0; i < table.columns().size(); i++) {
      TableColumn column = table.columns().get(i);
      if (column.identity().isEmpty() && column.defaultText().isPresent()) {
        int slot = table.slotOf(i);
        long oid = Oids.ofMember(table.id().value(), slot);
        add(PG_ATTRDEF, oid, PG_CLASS, Oids.of(table), slot + 1, "a");
        addSequences(oid, table, column.defaultText().get());
      }
    }
    for (IndexDefinition index : table.indexes()) {
      if (table.constraintOf(index).isEmpty()) {
        for (IndexDefinition.Part part : index.parts()) {
          int number = table.slotOf(part.ordinal()) + 1;
          add(PG_CLASS, Oids.of(index), PG_CLASS, Oids.of(table), number, "a");
        }
      }
    }
    catalog.objects().constraints().stream()
        .filter(each -> each.table().id().equals(table.id()))
        .forEach(each -> addConstraint(each.oid(), table, each.constraint()));
  }

  /**
   * The sequences whose names a default has as literals; a name alone is one of the search path, or
   * else, as pg_dump has none, of the table's schema or public.
   */
  private void addSequences(long attrdef, Table table, String text) {
    Matcher matcher = NEXTVAL.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(1).replace("''", "'");
      Optional<Long> sequence =
          environment
              .names()
              .relation(name)
              .or(() -> environment.names().relation(Texts.identifier(table.schema()) + "." + name))
              .or(() -> environment.names().relation(Table.PUBLIC + "." + name));
      sequence.ifPresent(oid -> add(PG_ATTRDEF, attrdef, PG_CLASS, oid, 0, "n"));
    }
  }

  private void addConstraint(long oid, Table table, Constraint constraint) {
    for (int number : PgConstraint.numbers(table, constraint.columns())) {
      add(PG_CONSTRAINT, oid, PG_CLASS, Oids.of(table), number, "a");
    }
    switch (constraint) {
      case Constraint.PrimaryKey key ->
          add(PG_CLASS, Oids.ofKey(table), PG_CONSTRAINT, oid, 0, "i");
      case Constraint.Unique unique ->
          add(PG_CLASS, Oids.of(unique.index().value()), PG_CONSTRAINT, oid, 0, "i");
      case Constraint.Check check -> {}
      case Constraint.ForeignKey key -> {
        Table other = catalog.table(key.referenced()).orElseThrow();
        for (int number : PgConstraint.numbers(other, key.referencedColumns())) {
          add(PG_CONSTRAINT, oid, PG_CLASS, Oids.of(other), number, "n");
        }
        long index = PgConstraint.index(other, key.referencedColumns());
        if (index != 0) {
          add(PG_CONSTRAINT, oid, PG_CLASS, index, 0, "n");
        }
      }
    }
  }

  private void addSequence(Sequence sequence) {
    sequence
        .owner()
        .ifPresent(owner ->
            add(
                PG_CLASS,
                Oids.of(sequence),
                PG_CLASS,
                Oids.of(owner.table().value()),
                owner.slot() + 1,
                owner.internal() ? "i" : "a"));
  }

  private void addView(View view) {
    long rule = PgRewrite.oid(view);
    add(PG_REWRITE, rule, PG_CLASS, Oids.of(view), 0, "i");
    add(PG_REWRITE, rule, PG_CLASS, Oids.of(view), 0, "n");
    List<Long> uses = view.uses();
    uses.forEach(id -> add(PG_REWRITE, rule, PG_CLASS, Oids.of(id), 0, "n"));
  }
}
