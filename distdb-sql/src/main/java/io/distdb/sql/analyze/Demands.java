// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.access.Demand;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a statement needs to be allowed, gathered while it is analyzed. Whoever binds a table or
 * view says so here, and every reference to one of its columns: so it is known which columns are
 * read.
 */
final class Demands {
  /** One mention of a table or view. */
  private static final class Use {
    private final Securable kind;
    private final long object;
    private final String name;
    private final long role;
    private final Set<Integer> read = new TreeSet<>();
    private final Map<Privilege, Set<Integer>> written = new HashMap<>();
    private boolean selects;

    Use(Securable kind, long object, String name, long role) {
      this.kind = kind;
      this.object = object;
      this.name = name;
      this.role = role;
    }
  }

  private record Column(Use use, int number) {}

  private final List<Use> uses = new ArrayList<>();
  private final Map<Variable, List<Column>> columns = new HashMap<>();
  private final Set<Demand> others = new LinkedHashSet<>();

  /** Whose rights count: those of the owner of the view whose query is analyzed. */
  private long role = Demand.RUNNER;

  long role() {
    return role;
  }

  void setRole(long owner) {
    role = owner;
  }

  // --- what is bound ---

  /** A table under its alias: SELECT is demanded once a column of it is read. */
  void bound(Table table, ScopeTable bound) {
    Use use = new Use(Securable.TABLE, table.id().value(), table.name(), role);
    uses.add(use);
    for (int i = 0; i < bound.variables().size(); i++) {
      remember(bound.variables().get(i), use, table.slotOf(i));
    }
  }

  /** A view is read. */
  void view(View view, List<Variable> variables) {
    Use use = new Use(Securable.VIEW, view.id(), view.name(), role);
    use.selects = true;
    uses.add(use);
    for (int i = 0; i < variables.size(); i++) {
      remember(variables.get(i), use, i);
    }
  }

  private void remember(Variable variable, Use use, int number) {
    columns.computeIfAbsent(variable, key -> new ArrayList<>()).add(new Column(use, number));
  }

  /** A column is read. */
  void read(Variable variable) {
    List<Column> known = columns.get(variable);
    if (known != null) {
      known.forEach(column -> column.use().read.add(column.number()));
    }
  }

  private Use use(ScopeTable bound) {
    return columns.get(bound.variables().getFirst()).getFirst().use();
  }

  /** SELECT is demanded, of whatever columns. */
  void select(ScopeTable bound) {
    if (!bound.variables().isEmpty()) {
      use(bound).selects = true;
    }
  }

  /** UPDATE of some column, for a lock of rows. */
  void lock(ScopeTable bound) {
    for (Variable variable : bound.variables()) {
      for (Column column : columns.getOrDefault(variable, List.of())) {
        column.use().written.putIfAbsent(Privilege.UPDATE, new TreeSet<>());
      }
    }
  }

  /**
   * @param ordinals of the columns that are written
   */
  void write(Privilege privilege, Table table, List<Integer> ordinals) {
    Use use = new Use(Securable.TABLE, table.id().value(), table.name(), role);
    Set<Integer> slots = new TreeSet<>();
    ordinals.forEach(ordinal -> slots.add(table.slotOf(ordinal)));
    use.written.put(privilege, slots);
    uses.add(use);
  }

  /** SELECT of these columns, whoever reads them. */
  void select(Table table, List<Integer> ordinals) {
    Use use = new Use(Securable.TABLE, table.id().value(), table.name(), role);
    use.selects = true;
    ordinals.forEach(ordinal -> use.read.add(table.slotOf(ordinal)));
    uses.add(use);
  }

  // --- what is demanded besides ---

  void add(Demand demand) {
    others.add(demand);
  }

  void object(Securable kind, long object, String name, Privilege privilege) {
    others.add(new Demand.OnObject(kind, object, name, privilege.bit(), false, Set.of(), role));
  }

  /** Schemas and the like first, then in the order in which they were met. */
  List<Demand> all() {
    Set<Demand> demands = new LinkedHashSet<>(others);
    for (Use use : uses) {
      use.written.forEach((privilege, slots) -> demands.add(demand(use, privilege, slots)));
      if (use.selects || !use.read.isEmpty()) {
        demands.add(demand(use, Privilege.SELECT, use.read));
      }
    }
    return List.copyOf(demands);
  }

  private static Demand demand(Use use, Privilege privilege, Set<Integer> columns) {
    boolean onColumns = privilege != Privilege.DELETE;
    return new Demand.OnObject(
        use.kind, use.object, use.name, privilege.bit(), onColumns, columns, use.role);
  }
}
