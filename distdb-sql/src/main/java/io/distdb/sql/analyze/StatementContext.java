// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Securable;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.View;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the analysis of one statement shares: catalog, parameters, variables given out. */
final class StatementContext {
  private final CatalogView catalog;
  private final Parameters parameters;
  private final Map<Expression.Reference, SourceSpan> spans = new IdentityHashMap<>();
  private final Set<Long> uses = new LinkedHashSet<>();
  private final Demands demands = new Demands();
  private final NavigableMap<Integer, BareName> bareNames = new TreeMap<>();
  private NameResolver names;
  private int viewDepth;
  private final Map<Query, Relation> shared = new IdentityHashMap<>();
  private int variables;
  private int commonTableIds;
  private Optional<Query.With> statementWith = Optional.empty();
  private CommonTables commonTables = CommonTables.NONE;
  private final List<String> recursionRefusals = new ArrayList<>();
  private int recursions;

  StatementContext(CatalogView catalog, Parameters parameters) {
    this(catalog, parameters, NameResolver.DEFAULT_PATH);
  }

  /**
   * @param searchPath schemas that names without one are looked for in, in order
   */
  StatementContext(CatalogView catalog, Parameters parameters, List<String> searchPath) {
    this.catalog = catalog;
    this.parameters = parameters;
    names = new NameResolver(catalog, searchPath);
  }

  /** What the statement needs to be allowed. */
  Demands demands() {
    return demands;
  }

  NameResolver names() {
    return names;
  }

  /** The statement reads a table or view; what views read is theirs. */
  void use(long id) {
    if (viewDepth == 0) {
      uses.add(id);
    }
  }

  /** The statement reads a relation of {@code schema}, which it perhaps does not say. */
  void resolve(TableName name, String schema) {
    if (viewDepth == 0 && name.schema().isEmpty()) {
      bareNames.put(name.span().start(), new BareName(name.span().start(), schema));
    }
  }

  /** The names without a schema of what the statement itself reads, in the order of the text. */
  List<BareName> bareNames() {
    return List.copyOf(bareNames.values());
  }

  /** Ids of what the statement itself reads, in order of first use. */
  List<Long> uses() {
    return List.copyOf(uses);
  }

  /** A schema is named: what is in it can be named by those only who may use it. */
  void useSchema(TableName name) {
    if (viewDepth == 0 && name.schema().isPresent()) {
      catalog
          .schema(name.schema().get().text())
          .ifPresent(schema ->
              demands.object(Securable.SCHEMA, schema.id(), schema.name(), Privilege.USAGE));
    }
  }

  /** Analyzes the query of a view, where names mean what they meant to its maker. */
  <T> T within(View view, Supplier<T> analysis) {
    NameResolver around = names;
    CommonTables tables = commonTables;
    long role = demands.role();
    demands.setRole(catalog.authority().of(view.id()).owner());
    names = new NameResolver(catalog, view.searchPath());
    commonTables = CommonTables.NONE;
    viewDepth++;
    try {
      return analysis.get();
    } finally {
      viewDepth--;
      demands.setRole(role);
      names = around;
      commonTables = tables;
    }
  }

  CatalogView catalog() {
    return catalog;
  }

  Parameters parameters() {
    return parameters;
  }

  Variable newVariable(String name, SqlType type) {
    return new Variable(variables++, name, type);
  }

  /** WITH before INSERT, UPDATE or DELETE: every query in it, but none within a query, has it. */
  Optional<Query.With> statementWith() {
    return statementWith;
  }

  void setStatementWith(Optional<Query.With> with) {
    statementWith = with;
  }

  /** Of a table of WITH, or of a working table. */
  int newCommonTableId() {
    return commonTableIds++;
  }

  /** The names of WITH that are in scope. */
  CommonTables commonTables() {
    return commonTables;
  }

  /** Whoever enters a scope leaves it by setting the one before. */
  void enter(CommonTables scope) {
    commonTables = scope;
  }

  /** How many parts that may hold no recursive reference are under analysis, one in the other. */
  int recursionDepth() {
    return recursionRefusals.size();
  }

  /** The outermost such part within a query that was begun at {@code depth}. */
  Optional<String> recursionRefusal(int depth) {
    return depth < recursionRefusals.size()
        ? Optional.of(recursionRefusals.get(depth))
        : Optional.empty();
  }

  /** How many recursive references have been met. */
  int recursions() {
    return recursions;
  }

  void meetRecursion() {
    recursions++;
  }

  /** Analyzes a part of the statement that may hold no recursive reference. */
  <T> T withoutRecursion(String place, Supplier<T> part) {
    recursionRefusals.add(place);
    try {
      return part.get();
    } finally {
      recursionRefusals.removeLast();
    }
  }

  /**
   * A reference that remembers where it was written, for grouping errors that show up only when the
   * whole SELECT is known.
   */
  Expression.Reference reference(Variable variable, SourceSpan span) {
    Expression.Reference reference = new Expression.Reference(variable);
    spans.put(reference, span);
    demands.read(variable);
    return reference;
  }

  /**
   * What queries that are shared meant in {@code attempt} is forgotten when it comes to nothing.
   */
  <T> Optional<T> attempt(Supplier<Optional<T>> attempt) {
    Set<Query> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(shared.keySet());
    Optional<T> result = attempt.get();
    if (result.isEmpty()) {
      shared.keySet().removeIf(query -> !known.contains(query));
    }
    return result;
  }

  /** What {@code analysis} gave when this very query was first met. */
  Relation shared(Query query, Supplier<Relation> analysis) {
    Relation known = shared.get(query);
    if (known == null) {
      known = analysis.get();
      shared.put(query, known);
    }
    return known;
  }

  /** Looked up and never iterated, so identity does no harm. */
  SourceSpan spanOf(Expression.Reference reference) {
    return spans.get(reference);
  }
}
