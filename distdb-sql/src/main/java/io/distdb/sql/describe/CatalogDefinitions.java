// SPDX-License-Identifier: MIT
package io.distdb.sql.describe;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.analyze.SequenceNames;
import io.distdb.sql.analyze.StoredAnalysis;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.pg.SystemRelations;
import io.distdb.sql.catalog.pg.SystemRoutines;
import io.distdb.sql.function.Definitions;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.parse.Keywords;
import java.util.List;
import java.util.Optional;

/** The definitions of one catalog, for a session with this search path. */
public record CatalogDefinitions(CatalogView catalog, List<String> searchPath)
    implements Definitions {
  private VisibleNames names() {
    return new VisibleNames(catalog, searchPath);
  }

  private Optional<CatalogObjects.Relation> relation(long oid) {
    return catalog.objects().relation(oid);
  }

  @Override
  public Optional<String> index(long oid, int column, boolean pretty) {
    return relation(oid)
        .flatMap(relation ->
            switch (relation) {
              case CatalogObjects.OfKey(Table table) ->
                  index(table, Optional.empty(), column, pretty);
              case CatalogObjects.OfIndex(Table table, IndexDefinition index) ->
                  index(table, Optional.of(index), column, pretty);
              case CatalogObjects.OfTable ignored -> Optional.empty();
              case CatalogObjects.OfSequence ignored -> Optional.empty();
              case CatalogObjects.OfView ignored -> Optional.empty();
            });
  }

  private Optional<String> index(
      Table table, Optional<IndexDefinition> index, int column, boolean pretty) {
    if (column != 0) {
      return Optional.of(IndexText.column(table, index, column).orElse(""));
    }
    String name =
        pretty
            ? names().relation(table.schema(), table.name())
            : VisibleNames.qualified(table.schema(), table.name());
    return Optional.of(IndexText.create(table, index, name));
  }

  @Override
  public Optional<String> constraint(long oid, boolean pretty) {
    return catalog
        .objects()
        .constraint(oid)
        .map(each -> ConstraintText.of(each.table(), each.constraint(), names(), pretty));
  }

  @Override
  public Optional<String> view(long oid) {
    return relation(oid)
        .filter(CatalogObjects.OfView.class::isInstance)
        .map(of -> ViewText.of(((CatalogObjects.OfView) of).view(), catalog));
  }

  @Override
  public Optional<String> view(String name) {
    TableName parsed = SequenceNames.parse(name);
    NameResolver resolver = new NameResolver(catalog, searchPath);
    boolean known =
        resolver.view(parsed).isPresent()
            || resolver.table(parsed).isPresent()
            || SystemRelations.find(
                    parsed.schema().map(schema -> schema.text()), parsed.name().text())
                .isPresent();
    if (!known) {
      throw undefined(parsed);
    }
    return resolver.view(parsed).map(view -> ViewText.of(view, catalog));
  }

  private static DistDbException undefined(TableName name) {
    return new DistDbException(
        ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
  }

  /** Defaults are converted to the type of their column; that is not written out. */
  @Override
  public String expression(String text, long relation, boolean pretty) {
    Optional<CatalogObjects.Relation> of = relation(relation);
    if (of.isEmpty() || !(of.get() instanceof CatalogObjects.OfTable(Table table))) {
      return text;
    }
    Optional<TableColumn> column =
        table.columns().stream()
            .filter(candidate -> candidate.defaultText().filter(text::equals).isPresent())
            .findFirst();
    Expression expression =
        column.isPresent()
            ? StoredAnalysis.defaultValue(column.get(), catalog)
            : StoredAnalysis.expression(text, table, catalog);
    return new ExpressionWriter(names(), pretty).text(expression);
  }

  @Override
  public Optional<String> serialSequence(String name, String column) {
    TableName parsed = SequenceNames.parse(name);
    NameResolver resolver = new NameResolver(catalog, searchPath);
    Table table = resolver.table(parsed).orElseThrow(() -> undefined(parsed));
    int ordinal = table.ordinalOf(column);
    if (ordinal < 0) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_COLUMN,
          "column \"" + column + "\" of relation \"" + table.name() + "\" does not exist");
    }
    int slot = table.slotOf(ordinal);
    for (Sequence sequence : catalog.sequences()) {
      boolean owned =
          sequence
              .owner()
              .filter(owner -> owner.table().equals(table.id()) && owner.slot() == slot)
              .isPresent();
      if (owned) {
        return Optional.of(VisibleNames.qualified(sequence.schema(), sequence.name()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> functionArguments(long function) {
    return SystemRoutines.arguments(function);
  }

  @Override
  public Optional<String> functionResult(long function) {
    return SystemRoutines.result(function);
  }

  @Override
  public List<Keyword> keywords() {
    return Keywords.words().stream()
        .map(word -> new Keyword(word, Keywords.category(word)))
        .toList();
  }

  @Override
  public Optional<Boolean> isVisible(long oid) {
    Optional<SystemRelations.SystemRelation> system = SystemRelations.find(oid);
    if (system.isPresent()) {
      return Optional.of(SystemRelations.find(Optional.empty(), system.get().name()).isPresent());
    }
    return relation(oid)
        .map(relation ->
            SystemRelations.find(Optional.empty(), relation.name()).isEmpty()
                && names().isVisible(relation.schema(), relation.name()));
  }
}
