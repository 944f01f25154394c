// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.index.Direction;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.optimize.estimate.Selectivity;
import io.distdb.sql.plan.AccessPath;
import io.distdb.sql.plan.IndexCoverage;
import io.distdb.sql.plan.KeyBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the ways to read one table: all of it, by primary key, by each index.
 *
 * <p>Costs, in rows scanned in key order: a row fetched by key {@link #GET}, an index entry with
 * its row {@link #ENTRY_AND_ROW}, one that has all the columns {@link #ENTRY}. A table is taken to
 * have at least {@link #ROWS_MIN} rows, because plans are cached and tables grow.
 */
final class AccessPaths {
  static final double ROWS_MIN = 1_000;
  private static final double START = 3;
  private static final double SCAN_START = 10;
  private static final double GET = 5;
  private static final double ENTRY_AND_ROW = 8;
  private static final double ENTRY = 1.2;

  /** Keys that IN lists may multiply to. */
  private static final int KEYS_MAX = 1_000;

  private final Relation.Scan scan;
  private final Table table;
  private final List<KeyMatch> matches;
  private final List<SortKey> order;
  private final double tableRows;
  private final Selectivity selectivity;
  private final List<Candidate> found = new ArrayList<>();

  AccessPaths(
      Relation.Scan scan,
      List<KeyMatch> matches,
      List<SortKey> order,
      double tableRows,
      Selectivity selectivity) {
    this.selectivity = selectivity;
    this.scan = scan;
    table = scan.table();
    this.matches = matches;
    this.order = order;
    this.tableRows = Math.max(tableRows, ROWS_MIN);
  }

  static double fullCost(double rows) {
    return SCAN_START + rows;
  }

  /** A full scan first; never empty. */
  List<Candidate> list() {
    found.add(
        new Candidate(
            "Seq Scan",
            new AccessPath.Full(),
            Direction.FORWARD,
            List.of(),
            tableRows,
            fullCost(tableRows),
            false));
    if (!table.hasRowId()) {
      addPrimaryKey();
    }
    for (IndexDefinition index : table.indexes()) {
      addIndex(index);
    }
    return found;
  }

  private void addPrimaryKey() {
    KeyOrder keyOrder = KeyOrder.ofPrimaryKey(table);
    List<KeyMatch> equal = equalities(keyOrder.ordinals());
    if (equal.size() == keyOrder.ordinals().size()) {
      List<List<Expression>> keys = keys(equal);
      if (keys != null) {
        Direction direction = keyOrder.direction(order, matches, scan);
        add(
            table.primaryKeyName(),
            new AccessPath.RowGet(keys),
            direction == null ? Direction.FORWARD : direction,
            conjuncts(equal),
            keys.size(),
            keys.size() * GET,
            keys.size() == 1 || direction != null);
        return;
      }
    }
    addRange(table.primaryKeyName(), keyOrder, null);
  }

  private void addIndex(IndexDefinition index) {
    KeyOrder keyOrder = KeyOrder.of(table, index);
    List<KeyMatch> equal = equalities(keyOrder.ordinals());
    if (equal.size() == keyOrder.ordinals().size()) {
      List<List<Expression>> keys = keys(equal);
      if (keys != null) {
        double rows =
            index.unique()
                ? Math.min(tableRows, keys.size())
                : Math.max(1, tableRows * selectivity.of(conjuncts(equal)));
        add(
            index.name(),
            new AccessPath.IndexGet(index, keys),
            Direction.FORWARD,
            conjuncts(equal),
            rows,
            keys.size() * START + rows * entryCost(index),
            keys.size() == 1 && index.unique()
                || index.kind().ordered()
                    && keyOrder.direction(order, matches, scan) == Direction.FORWARD);
      }
    }
    boolean known = equal.size() == keyOrder.ordinals().size() && order.isEmpty();
    if (index.kind().ordered() && !known) {
      addRange(index.name(), keyOrder, index);
    }
  }

  private double entryCost(IndexDefinition index) {
    return IndexCoverage.covers(table, index, scan.ordinals()) ? ENTRY : ENTRY_AND_ROW;
  }

  /** A range by leading equalities and bounds on the next column; all of it when order helps. */
  private void addRange(String name, KeyOrder keyOrder, IndexDefinition index) {
    List<KeyMatch> equal = new ArrayList<>();
    for (KeyMatch match : equalities(keyOrder.ordinals())) {
      if (match.values().size() > 1) {
        break;
      }
      equal.add(match);
    }
    Optional<KeyMatch> lower = bound(keyOrder, equal.size(), true);
    Optional<KeyMatch> upper = bound(keyOrder, equal.size(), false);
    Optional<KeyMatch> nullTest = nullTest(keyOrder, equal.size(), lower, upper);
    Direction direction = keyOrder.direction(order, matches, scan);
    boolean restricts =
        !equal.isEmpty() || lower.isPresent() || upper.isPresent() || nullTest.isPresent();
    if (!restricts && direction == null) {
      return;
    }
    List<Expression> covered = conjuncts(equal);
    lower.ifPresent(match -> covered.add(match.conjunct()));
    upper.ifPresent(match -> covered.add(match.conjunct()));
    nullTest.ifPresent(match -> covered.add(match.conjunct()));
    KeyBounds bounds =
        new KeyBounds(
            equal.stream().map(match -> match.values().get(0)).toList(),
            lower.map(AccessPaths::bound),
            upper.map(AccessPaths::bound),
            nullTest.map(AccessPaths::nulls).orElse(KeyBounds.Nulls.INCLUDED));
    double rows = Math.max(1, tableRows * selectivity.of(covered));
    boolean ordered = direction != null && !order.isEmpty();
    add(
        name,
        index == null ? new AccessPath.RowRange(bounds) : new AccessPath.IndexRange(index, bounds),
        ordered ? direction : Direction.FORWARD,
        covered,
        rows,
        START + rows * (index == null ? 1 : entryCost(index)),
        ordered);
  }

  private static KeyBounds.Bound bound(KeyMatch match) {
    return new KeyBounds.Bound(match.values().get(0), match.isInclusive());
  }

  private Optional<KeyMatch> bound(KeyOrder keyOrder, int position, boolean lower) {
    if (position >= keyOrder.ordinals().size()) {
      return Optional.empty();
    }
    int ordinal = keyOrder.ordinals().get(position);
    return matches.stream()
        .filter(m -> m.ordinal() == ordinal && (lower ? m.isLower() : m.isUpper()))
        .findFirst();
  }

  /** IS NULL or IS NOT NULL of the column at {@code position} that no bound says more of. */
  private Optional<KeyMatch> nullTest(
      KeyOrder keyOrder, int position, Optional<KeyMatch> lower, Optional<KeyMatch> upper) {
    if (position >= keyOrder.ordinals().size() || lower.isPresent() || upper.isPresent()) {
      return Optional.empty();
    }
    int ordinal = keyOrder.ordinals().get(position);
    return table.primaryKey().contains(ordinal)
        ? Optional.empty()
        : matches.stream()
            .filter(m -> m.ordinal() == ordinal && (m.isNull() || m.isNotNull()))
            .findFirst();
  }

  private static KeyBounds.Nulls nulls(KeyMatch match) {
    return match.isNull() ? KeyBounds.Nulls.ONLY : KeyBounds.Nulls.EXCLUDED;
  }

  /** One equality for each leading column, as far as there are some. */
  private List<KeyMatch> equalities(List<Integer> ordinals) {
    List<KeyMatch> equal = new ArrayList<>();
    for (int ordinal : ordinals) {
      Optional<KeyMatch> match =
          matches.stream()
              .filter(m -> m.ordinal() == ordinal && m.isEquality())
              .min((a, b) -> Integer.compare(a.values().size(), b.values().size()));
      if (match.isEmpty()) {
        break;
      }
      equal.add(match.get());
    }
    return equal;
  }

  private static List<Expression> conjuncts(List<KeyMatch> matches) {
    return new ArrayList<>(matches.stream().map(KeyMatch::conjunct).toList());
  }

  /** Every combination of the values; null when they are too many. */
  private static List<List<Expression>> keys(List<KeyMatch> equal) {
    List<List<Expression>> keys = List.of(List.of());
    for (KeyMatch match : equal) {
      if ((long) keys.size() * match.values().size() > KEYS_MAX) {
        return null;
      }
      List<List<Expression>> longer = new ArrayList<>();
      for (List<Expression> key : keys) {
        for (Expression value : match.values()) {
          List<Expression> extended = new ArrayList<>(key);
          extended.add(value);
          longer.add(extended);
        }
      }
      keys = longer;
    }
    return keys;
  }

  private void add(
      String name,
      AccessPath path,
      Direction direction,
      List<Expression> covered,
      double matched,
      double cost,
      boolean ordered) {
    found.add(
        new Candidate(name, path, direction, covered, matched, cost, ordered && !order.isEmpty()));
  }
}
