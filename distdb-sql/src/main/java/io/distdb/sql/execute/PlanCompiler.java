// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.api.time.Clock;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.TableRules;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.AccessPath;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.StatementPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns a plan into something that runs: once per plan, then shared. */
public final class PlanCompiler {
  private final Map<TableId, TableCodec> tables = new LinkedHashMap<>();
  private final Optional<NodeObserver> observer;
  private final Clock clock;

  private final TableRules.Book rules;

  private PlanCompiler(Optional<NodeObserver> observer, Clock clock, TableRules.Book rules) {
    this.observer = observer;
    this.clock = clock;
    this.rules = rules;
  }

  /**
   * @param rules of the tables that the plan changes
   */
  public static Executable compile(StatementPlan plan, TableRules.Book rules) {
    return new PlanCompiler(Optional.empty(), null, rules).statement(plan);
  }

  /** Compiles with a measurement at every node. */
  public static Executable compileObserved(
      StatementPlan plan, NodeObserver observer, Clock clock, TableRules.Book rules) {
    return new PlanCompiler(Optional.of(observer), clock, rules).statement(plan);
  }

  private Executable statement(StatementPlan plan) {
    return switch (plan) {
      case StatementPlan.Query query -> query(query);
      case StatementPlan.Insert insert -> {
        TableCodec table = changed(insert.table());
        OperatorFactory source = node(insert.source());
        yield new InsertChange(table, source, tableIds());
      }
      case StatementPlan.Update update ->
          new UpdateChange(update, changed(update.target().table()));
      case StatementPlan.Delete delete ->
          new DeleteChange(delete, changed(delete.target().table()));
    };
  }

  private List<TableId> tableIds() {
    return List.copyOf(tables.keySet());
  }

  private TableCodec codec(Table table) {
    return tables.computeIfAbsent(table.id(), id -> new TableCodec(table));
  }

  private Executable query(StatementPlan.Query query) {
    Optional<Executable> point = observer.isPresent() ? Optional.empty() : point(query.root());
    if (point.isPresent()) {
      return point.get();
    }
    OperatorFactory root = node(query.root());
    return new OperatorQuery(root, tableIds());
  }

  /** A get of one key, perhaps below a projection of columns only. */
  private Optional<Executable> point(PhysicalPlan root) {
    PhysicalPlan below = root instanceof PhysicalPlan.Project project ? project.input() : root;
    if (!(below instanceof PhysicalPlan.Scan scan)
        || !(scan.path() instanceof AccessPath.RowGet get)
        || get.keys().size() != 1
        || scan.filter().isPresent()) {
      return Optional.empty();
    }
    int[] ordinals = new int[root.output().size()];
    for (int i = 0; i < ordinals.length; i++) {
      Expression shown =
          root instanceof PhysicalPlan.Project project
              ? project.assignments().get(i).expression()
              : new Expression.Reference(scan.output().get(i));
      if (!(shown instanceof Expression.Reference reference)) {
        return Optional.empty();
      }
      ordinals[i] = scan.ordinals().get(scan.output().indexOf(reference.variable()));
    }
    TableCodec table = codec(scan.table());
    AccessProgram access = new AccessProgram(table, scan.path(), scan.direction(), List.of());
    return Optional.of(new PointQuery(table, access, ordinals));
  }

  /** The codec of a table that the plan changes, with its rules. */
  private TableCodec changed(Table table) {
    TableCodec codec = codec(table);
    codec.obey(TableChecks.compile(rules.of(table)));
    return codec;
  }

  private OperatorFactory node(PhysicalPlan plan) {
    OperatorFactory factory = unobserved(plan);
    return observer
        .<OperatorFactory>map(
            to -> execution -> new ObservedOperator(factory.open(execution), plan, to, clock))
        .orElse(factory);
  }

  private OperatorFactory unobserved(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.Scan scan -> new ScanOperator.Factory(scan, codec(scan.table()), false);
      case PhysicalPlan.Values values -> values(values);
      case PhysicalPlan.Filter filter ->
          filter(node(filter.input()), filter.output(), Optional.of(filter.predicate()));
      case PhysicalPlan.Project project -> project(project);
      case PhysicalPlan.HashJoin join ->
          filter(
              new HashJoinOperator.Factory(node(join.probe()), node(join.build()), join),
              join.output(),
              join.residual());
      case PhysicalPlan.IndexJoin join ->
          filter(
              new IndexJoinOperator.Factory(node(join.outer()), join, codec(join.inner().table())),
              join.output(),
              innerCondition(join));
      case PhysicalPlan.NestedLoopJoin join -> nestedLoop(join);
      case PhysicalPlan.HashAggregate aggregate ->
          new AggregateOperator.Factory(node(aggregate.input()), aggregate);
      case PhysicalPlan.Distinct distinct -> {
        OperatorFactory input = node(distinct.input());
        yield execution -> new DistinctOperator(input.open(execution), execution);
      }
      case PhysicalPlan.Sort sort -> sort(sort);
      case PhysicalPlan.Limit limit -> limit(limit);
    };
  }

  private static Optional<Expression> innerCondition(PhysicalPlan.IndexJoin join) {
    List<Expression> all =
        Stream.of(join.inner().filter(), join.residual()).flatMap(Optional::stream).toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.size() == 1 ? all.get(0) : new Expression.And(all));
  }

  private static OperatorFactory filter(
      OperatorFactory input, List<Variable> layout, Optional<Expression> predicate) {
    if (predicate.isEmpty()) {
      return input;
    }
    Program program = ExpressionCompiler.compile(layout, List.of(predicate.get()));
    return execution -> new FilterOperator(input.open(execution), program, execution);
  }

  private OperatorFactory values(PhysicalPlan.Values values) {
    List<Expression> flat = new ArrayList<>();
    values.rows().forEach(flat::addAll);
    Program program = ExpressionCompiler.compile(List.of(), flat);
    int rows = values.rows().size();
    return execution -> new ValuesOperator(values.output(), program, rows, execution);
  }

  private OperatorFactory project(PhysicalPlan.Project project) {
    OperatorFactory input = node(project.input());
    List<Expression> expressions =
        project.assignments().stream().map(Assignment::expression).toList();
    Program program = ExpressionCompiler.compile(project.input().output(), expressions);
    return execution -> new ProjectOperator(input.open(execution), program, execution);
  }

  private OperatorFactory nestedLoop(PhysicalPlan.NestedLoopJoin join) {
    OperatorFactory outer = node(join.outer());
    OperatorFactory inner = node(join.inner());
    return filter(
        execution -> new NestedLoopOperator(outer, inner, join, execution),
        join.output(),
        join.condition());
  }

  private OperatorFactory sort(PhysicalPlan.Sort sort) {
    OperatorFactory input = node(sort.input());
    Optional<FetchProgram> fetch = sort.fetch().map(FetchProgram::new);
    List<Variable> layout = sort.output();
    return execution -> {
      long needed = fetch.isEmpty() ? Long.MAX_VALUE : fetch.get().evaluate(execution).needed();
      return new SortOperator(input.open(execution), layout, sort.keys(), needed, execution);
    };
  }

  private OperatorFactory limit(PhysicalPlan.Limit limit) {
    OperatorFactory input = node(limit.input());
    FetchProgram fetch = new FetchProgram(limit.fetch());
    return execution -> new LimitOperator(input.open(execution), fetch.evaluate(execution));
  }
}
