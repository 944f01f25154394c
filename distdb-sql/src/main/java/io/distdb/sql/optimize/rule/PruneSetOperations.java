// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The part of {@link PruneColumns} that is about relations of several inputs. UNION ALL asks of its
 * inputs only what is asked of it; where whole rows are compared, every column counts.
 */
final class PruneSetOperations {
  /** Prunes an input to the columns that are used. */
  interface Prune extends BiFunction<Relation, Set<Variable>, Relation> {}

  private PruneSetOperations() {}

  static Relation union(Relation.Union union, Set<Variable> used, Prune prune) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < union.output().size(); i++) {
      if (used.contains(union.output().get(i))) {
        kept.add(i);
      }
    }
    List<Relation> inputs = new ArrayList<>();
    List<List<Variable>> columns = new ArrayList<>();
    for (int i = 0; i < union.inputs().size(); i++) {
      List<Variable> from = pick(union.columns().get(i), kept);
      columns.add(from);
      inputs.add(prune.apply(union.inputs().get(i), new HashSet<>(from)));
    }
    return new Relation.Union(inputs, columns, pick(union.output(), kept));
  }

  private static List<Variable> pick(List<Variable> variables, List<Integer> positions) {
    return positions.stream().map(variables::get).toList();
  }

  static Relation set(Relation.SetOperation set, Prune prune) {
    return new Relation.SetOperation(
        set.kind(),
        set.all(),
        prune.apply(set.left(), new HashSet<>(set.leftColumns())),
        set.leftColumns(),
        prune.apply(set.right(), new HashSet<>(set.rightColumns())),
        set.rightColumns(),
        set.output());
  }

  static Relation with(Relation.With with, Set<Variable> used, Prune prune) {
    List<Relation.CommonTable> tables = new ArrayList<>();
    for (Relation.CommonTable table : with.tables()) {
      Relation definition = prune.apply(table.definition(), new HashSet<>(table.columns()));
      tables.add(
          new Relation.CommonTable(
              table.id(), table.name(), table.materialized(), definition, table.columns()));
    }
    return new Relation.With(tables, prune.apply(with.body(), used));
  }

  static Relation scan(Relation.CommonTableScan scan, Set<Variable> used) {
    List<Variable> output = new ArrayList<>();
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i < scan.output().size(); i++) {
      if (used.contains(scan.output().get(i))) {
        output.add(scan.output().get(i));
        ordinals.add(scan.ordinals().get(i));
      }
    }
    return new Relation.CommonTableScan(
        scan.id(), scan.working(), scan.name(), scan.alias(), output, ordinals);
  }

  static Relation recursive(Relation.RecursiveUnion union, Prune prune) {
    return new Relation.RecursiveUnion(
        union.id(),
        union.distinct(),
        prune.apply(union.base(), new HashSet<>(union.baseColumns())),
        union.baseColumns(),
        prune.apply(union.step(), new HashSet<>(union.stepColumns())),
        union.stepColumns(),
        union.output());
  }
}
