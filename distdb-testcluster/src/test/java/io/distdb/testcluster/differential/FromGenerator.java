// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import io.distdb.testcluster.differential.Scope.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** FROM: tables, tables of WITH, subqueries, and every kind of join of them. */
final class FromGenerator {
  private static final int ITEMS_MAX = 3;

  private final Draft draft;
  private final Choices choices;
  private final QueryGenerator queries;

  /** The text of a FROM and what it brings. */
  record From(String sql, Scope scope) {}

  /** A part of it; {@code key} tells its rows apart. */
  private record Item(String sql, String alias, List<Column> columns, Optional<String> key) {}

  FromGenerator(Draft draft, QueryGenerator queries) {
    this.draft = draft;
    this.queries = queries;
    choices = draft.choices();
  }

  From from(Optional<Scope> outer, int depth) {
    Item first = item(outer, depth);
    StringBuilder sql = new StringBuilder(first.sql());
    List<Column> columns = new ArrayList<>(first.columns());
    List<Optional<String>> keys = new ArrayList<>(List.of(first.key()));
    for (int more = choices.below(depth > 1 ? ITEMS_MAX : ITEMS_MAX - 1); more > 0; more--) {
      Scope left = new Scope(List.copyOf(columns), outer, List.of());
      boolean isLateral = depth > 0 && choices.chance(6);
      Item next = isLateral ? lateral(left, depth) : item(outer, depth);
      sql.append(
          isLateral
              ? choices.of(List.of(" JOIN ", " LEFT JOIN ")) + next.sql() + " ON TRUE"
              : join(next, left, keys.size() == 1, depth));
      columns.addAll(next.columns());
      keys.add(next.key());
    }
    List<String> allKeys = new ArrayList<>();
    keys.forEach(key -> key.ifPresent(allKeys::add));
    boolean complete = allKeys.size() == keys.size();
    return new From(
        sql.toString(), new Scope(List.copyOf(columns), outer, complete ? allKeys : List.of()));
  }

  private Item item(Optional<Scope> outer, int depth) {
    String alias = draft.alias();
    if (depth > 0 && choices.chance(18)) {
      List<Kind> kinds = queries.kinds();
      return derived("(" + queries.rows(kinds, Scope.EMPTY, depth - 1) + ")", alias, kinds);
    }
    List<QueryGenerator.CommonTable> common = queries.commonTables();
    if (!common.isEmpty() && choices.chance(40)) {
      QueryGenerator.CommonTable table = choices.of(common);
      return derived(table.name(), alias, table.kinds());
    }
    Schema.Table table = choices.of(Schema.TABLES);
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      columns.add(new Column(alias + "." + column.sql(), column.kind()));
    }
    return new Item(
        table.name() + " AS " + alias,
        alias,
        columns,
        table.hasKey() ? Optional.of(alias + ".id") : Optional.empty());
  }

  private static Item derived(String source, String alias, List<Kind> kinds) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      columns.add(new Column(alias + ".c" + (i + 1), kinds.get(i)));
    }
    return new Item(source + " AS " + alias, alias, columns, Optional.empty());
  }

  private Item lateral(Scope left, int depth) {
    String alias = draft.alias();
    List<Kind> kinds = queries.kinds();
    Scope around = new Scope(left.columns(), Optional.empty(), List.of());
    String rows = queries.rows(kinds, around, depth - 1);
    return derived(draft.notInH2("LATERAL (" + rows + ")"), alias, kinds);
  }

  private String join(Item next, Scope left, boolean isSecond, int depth) {
    return switch (choices.below(7)) {
      case 0, 1 -> " JOIN " + next.sql() + " ON " + condition(next, left, depth);
      case 2 -> " CROSS JOIN " + next.sql();
      case 3 -> " LEFT JOIN " + next.sql() + " ON " + condition(next, left, depth);
      case 4 -> " RIGHT JOIN " + next.sql() + " ON " + condition(next, left, depth);
      case 5 -> full(next, left);
      default ->
          isSecond && hasColumn(left.columns(), ".a") && hasColumn(next.columns(), ".a")
              ? (choices.chance(50) ? " LEFT JOIN " : " JOIN ") + next.sql() + " USING (a)"
              : " JOIN " + next.sql() + " ON " + condition(next, left, depth);
    };
  }

  private static boolean hasColumn(List<Column> columns, String name) {
    return columns.stream().anyMatch(column -> column.sql().endsWith(name));
  }

  private String condition(Item next, Scope left, int depth) {
    Optional<String> equality = equality(next, left);
    List<Column> both = new ArrayList<>(left.columns());
    both.addAll(next.columns());
    Scope scope = new Scope(both, left.outer(), List.of());
    if (equality.isEmpty() || choices.chance(20)) {
      return queries.expressions().predicate(scope, depth - 1);
    }
    return choices.chance(30)
        ? equality.get() + " AND " + queries.expressions().predicate(scope, depth - 1)
        : equality.get();
  }

  private String full(Item next, Scope left) {
    Optional<String> equality = equality(next, left);
    return equality
        .map(condition -> draft.notInH2(" FULL JOIN " + next.sql() + " ON " + condition))
        .orElseGet(() -> " CROSS JOIN " + next.sql());
  }

  private Optional<String> equality(Item next, Scope left) {
    Column right = choices.of(next.columns());
    List<String> partners = left.of(right.kind());
    return partners.isEmpty()
        ? Optional.empty()
        : Optional.of(choices.of(partners) + " = " + right.sql());
  }
}
