// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tables, indexes, sequences and views by name: in the schema that was written, or in the first of
 * the search path that has one.
 *
 * @param searchPath names of schemas; those that are not there are passed over
 */
public record NameResolver(CatalogView catalog, List<String> searchPath) {
  /** What a session has that did not say otherwise. */
  public static final List<String> DEFAULT_PATH = List.of(Table.PUBLIC);

  public NameResolver {
    searchPath = List.copyOf(searchPath);
  }

  public Optional<Table> table(TableName name) {
    return find(name, schema -> catalog.table(schema, name.name().text()));
  }

  public Optional<IndexDefinition> index(TableName name) {
    return find(name, schema -> catalog.index(schema, name.name().text()));
  }

  public Optional<Sequence> sequence(TableName name) {
    return find(name, schema -> catalog.sequence(schema, name.name().text()));
  }

  public Optional<View> view(TableName name) {
    return find(name, schema -> catalog.view(schema, name.name().text()));
  }

  private <T> Optional<T> find(TableName name, Function<String, Optional<T>> inSchema) {
    if (name.schema().isPresent()) {
      return inSchema.apply(readable(name.schema().get()));
    }
    for (String schema : searchPath) {
      Optional<T> found = inSchema.apply(schema);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * The schema in which {@code name} is created.
   *
   * @throws DistDbException {@code UNDEFINED_SCHEMA}
   */
  public String creationSchema(TableName name) {
    if (name.schema().isPresent()) {
      Name schema = name.schema().get();
      requireSchema(schema);
      return schema.text();
    }
    return searchPath.stream()
        .filter(schema -> exists(schema) && !Schema.isTemporary(schema))
        .findFirst()
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.UNDEFINED_SCHEMA, "no schema has been selected to create in")
                .at(name.span().position()));
  }

  /**
   * The schema in which {@code name} is created as a temporary table; the path has it, the catalog
   * perhaps not yet.
   *
   * @throws DistDbException {@code INVALID_TABLE_DEFINITION}: another schema is named
   */
  public String temporarySchema(TableName name) {
    String own = ownTemporary().orElseThrow();
    if (name.schema().isPresent()
        && !name.schema().get().text().equals(Schema.TEMPORARY)
        && !name.schema().get().text().equals(own)) {
      throw new DistDbException(
              ErrorCode.INVALID_TABLE_DEFINITION,
              "cannot create temporary relation in non-temporary schema")
          .at(name.span().position());
    }
    return own;
  }

  /** Whether {@code name} is a table's or view's of the session alone. */
  public boolean isTemporary(TableName name) {
    return table(name)
        .map(Table::schema)
        .or(() -> view(name).map(View::schema))
        .filter(Schema::isTemporary)
        .isPresent();
  }

  private Optional<String> ownTemporary() {
    return searchPath.stream().filter(Schema::isTemporary).findFirst();
  }

  /** The path without the session's temporary tables: for what outlives the session. */
  public static List<String> lasting(List<String> searchPath) {
    return searchPath.stream().filter(schema -> !Schema.isTemporary(schema)).toList();
  }

  /** The schema that is meant; a session cannot look into the temporary tables of another. */
  private String readable(Name schema) {
    if (schema.text().equals(Schema.TEMPORARY)) {
      return ownTemporary().orElse(Schema.TEMPORARY);
    }
    if (Schema.isTemporary(schema.text()) && !searchPath.contains(schema.text())) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "cannot access temporary tables of other sessions")
          .at(schema.span().position());
    }
    return schema.text();
  }

  /**
   * @throws DistDbException {@code UNDEFINED_SCHEMA}
   */
  public void requireSchema(Name schema) {
    if (!exists(schema.text())) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_SCHEMA, "schema \"" + schema + "\" does not exist")
          .at(schema.span().position());
    }
  }

  private boolean exists(String schema) {
    return schema.equals(Table.PUBLIC) || catalog.schema(schema).isPresent();
  }

  /** Whether a table, index, sequence or view of {@code schema} has that name. */
  public boolean taken(String schema, String name) {
    return catalog.table(schema, name).isPresent()
        || catalog.index(schema, name).isPresent()
        || catalog.sequence(schema, name).isPresent()
        || catalog.view(schema, name).isPresent();
  }
}
