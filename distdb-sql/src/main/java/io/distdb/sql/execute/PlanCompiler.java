// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.api.time.Clock;
import io.distdb.sql.catalog.ReferenceAction;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.TableRules;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.AccessPath;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.PlanExpressions;
import io.distdb.sql.plan.StatementPlan;
import io.distdb.sql.plan.Subplan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns a plan into something that runs: once per plan, then shared. */
public final class PlanCompiler {
  private final Map<TableId, TableCodec> tables = new LinkedHashMap<>();
  private boolean locks;
  private final Optional<NodeObserver> observer;
  private final Clock clock;

  private final TableRules.Book rules;

  /** Tables whose rules are compiled. */
  private final Set<TableId> ruled = new HashSet<>();

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

  Executable statement(StatementPlan plan) {
    List<Subplan> subplans = PlanExpressions.subplans(plan);
    if (subplans.isEmpty()) {
      return plain(plan);
    }
    SubplanProgram[] programs = programs(subplans);
    return SubplanStatement.of(plain(plan), programs, tableIds());
  }

  SubplanProgram[] programs(List<Subplan> subplans) {
    int last = subplans.stream().mapToInt(Subplan::id).max().orElseThrow();
    SubplanProgram[] programs = new SubplanProgram[last + 1];
    for (Subplan subplan : subplans) {
      programs[subplan.id()] = new SubplanProgram(subplan, node(subplan.plan()));
    }
    return programs;
  }

  private Executable plain(StatementPlan plan) {
    return switch (plan) {
      case StatementPlan.Query query -> query(query);
      case StatementPlan.Insert insert -> {
        OperatorFactory source = source(insert);
        TableCodec table = changed(insert.table());
        yield new InsertChange(insert, table, source, tableIds());
      }
      case StatementPlan.Update update -> {
        TableCodec table = changed(update.target().table());
        boolean whole = !PlanExpressions.subplans(plan).isEmpty();
        Function<boolean[], TargetRows> rows = rows(update.target(), table, whole);
        yield new UpdateChange(update, table, rows, tableIds());
      }
      case StatementPlan.Delete delete -> {
        TableCodec table = changed(delete.target().table());
        boolean whole = !PlanExpressions.subplans(plan).isEmpty();
        Function<boolean[], TargetRows> rows = rows(delete.target(), table, whole);
        yield new DeleteChange(delete, table, rows, tableIds());
      }
      case StatementPlan.WithChanges with -> new ChangesCompiler(this).compile(with);
      case StatementPlan.CopyIn in -> {
        TableCodec table = changed(in.copy().table());
        yield new CopyInChange(in.copy(), table, tableIds());
      }
      case StatementPlan.CopyOut out -> {
        OperatorFactory root = node(out.root());
        Optional<StoredRows.Factory> stored =
            observer.isPresent() ? Optional.empty() : StoredRows.of(out.root(), this::codec);
        yield new CopyOutChange(
            stored.orElse(execution -> new BatchRows(root.open(execution))),
            out.copy(),
            tableIds());
      }
    };
  }

  /** What is read of the table itself is read before the first row is inserted. */
  private OperatorFactory source(StatementPlan.Insert insert) {
    PhysicalPlan plan = insert.source();
    OperatorFactory source = node(plan);
    return tables.containsKey(insert.table().id())
        ? execution -> new WholeOperator(source.open(execution), plan.output(), execution)
        : source;
  }

  private Function<boolean[], TargetRows> rows(
      StatementPlan.Target target, TableCodec table, boolean whole) {
    return switch (target) {
      case StatementPlan.Scanned scanned ->
          needed -> new LockedRows(table, scanned.source(), scanned.predicate(), needed, whole);
      case StatementPlan.Joined joined -> {
        OperatorFactory source = node(joined.source());
        yield needed -> new JoinedRows(table, joined, source, needed, whole);
      }
    };
  }

  List<TableId> tableIds() {
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
    return new OperatorQuery(root, tableIds(), locks);
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

  /** The codec of a table that the plan changes, with its rules, and those of what follows. */
  private TableCodec changed(Table table) {
    TableCodec codec = codec(table);
    if (!ruled.add(table.id())) {
      return codec;
    }
    TableRules own = rules.of(table);
    List<ForeignKeyProgram> outgoing = new ArrayList<>();
    own.outgoing().forEach(link -> outgoing.add(foreignKey(link, false)));
    List<ForeignKeyProgram> incoming = new ArrayList<>();
    own.incoming().forEach(link -> incoming.add(foreignKey(link, true)));
    codec.obey(TableChecks.compile(own), new TableReferences(outgoing, incoming));
    return codec;
  }

  private ForeignKeyProgram foreignKey(TableRules.Link link, boolean changesChild) {
    boolean acts = changesChild && (acts(link.key().onDelete()) || acts(link.key().onUpdate()));
    TableCodec child = acts ? changed(link.referencing()) : codec(link.referencing());
    return new ForeignKeyProgram(link, child, codec(link.referenced()));
  }

  private static boolean acts(ReferenceAction action) {
    return switch (action) {
      case NO_ACTION, RESTRICT -> false;
      case CASCADE, SET_NULL, SET_DEFAULT -> true;
    };
  }

  OperatorFactory node(PhysicalPlan plan) {
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
          new HashJoinOperator.Factory(join, node(join.probe()), node(join.build()));
      case PhysicalPlan.MergeJoin join -> {
        MergePartners.Factory inner = new MergePartners.Factory(node(join.right()), join);
        yield join(join.type(), join.left(), join.right(), inner::open, join.residual());
      }
      case PhysicalPlan.IndexJoin join -> {
        IndexPartners.Factory inner = new IndexPartners.Factory(join, codec(join.inner().table()));
        yield join(join.type(), join.outer(), join.inner(), inner::open, innerCondition(join));
      }
      case PhysicalPlan.NestedLoopJoin join -> nestedLoop(join);
      case PhysicalPlan.LateralJoin join -> lateral(join);
      case PhysicalPlan.SortedAggregate aggregate ->
          new SortedAggregateOperator.Factory(node(aggregate.input()), aggregate);
      case PhysicalPlan.HashAggregate aggregate ->
          new AggregateOperator.Factory(node(aggregate.input()), aggregate);
      case PhysicalPlan.Distinct distinct -> {
        OperatorFactory input = node(distinct.input());
        yield execution ->
            new DistinctOperator(input.open(execution), distinct.output(), execution);
      }
      case PhysicalPlan.Sort sort -> sort(sort);
      case PhysicalPlan.Limit limit -> limit(limit);
      case PhysicalPlan.GroupingSets sets ->
          new GroupingSetsOperator.Factory(node(sets.input()), sets);
      case PhysicalPlan.WindowAgg window ->
          new WindowOperator.Factory(node(window.input()), window);
      case PhysicalPlan.Unique unique -> {
        OperatorFactory input = node(unique.input());
        yield execution ->
            new UniqueOperator(input.open(execution), unique.output(), unique.keys(), execution);
      }
      case PhysicalPlan.Append append -> append(append);
      case PhysicalPlan.HashSetOperation set ->
          new HashSetOperator.Factory(set, node(set.left()), node(set.right()));
      case PhysicalPlan.With with -> with(with);
      case PhysicalPlan.FunctionScan scan -> new FunctionScanOperator.Factory(scan);
      case PhysicalPlan.LiveScan scan -> execution -> new LiveScanOperator(scan, execution);
      case PhysicalPlan.LockRows lock -> {
        locks = true;
        List<TableCodec> codecs =
            lock.targets().stream().map(target -> codec(target.table())).toList();
        yield new LockRowsOperator.Factory(node(lock.input()), lock, codecs);
      }
      case PhysicalPlan.CommonTableScan scan -> {
        int[] ordinals = scan.ordinals().stream().mapToInt(Integer::intValue).toArray();
        yield execution -> new CommonTableOperator(scan, ordinals, execution);
      }
      case PhysicalPlan.RecursiveUnion union ->
          new RecursiveUnionOperator.Factory(union, node(union.base()), node(union.step()));
    };
  }

  private static Optional<Expression> innerCondition(PhysicalPlan.IndexJoin join) {
    List<Expression> all =
        Stream.of(join.inner().filter(), join.residual()).flatMap(Optional::stream).toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.size() == 1 ? all.get(0) : new Expression.And(all));
  }

  static OperatorFactory filter(
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

  /** A join of any type over partners found in any way; the condition is over both sides. */
  private OperatorFactory join(
      JoinType type,
      PhysicalPlan outerPlan,
      PhysicalPlan innerPlan,
      Function<Execution, Partners> partners,
      Optional<Expression> condition) {
    return JoinFactory.of(
        type, node(outerPlan), outerPlan.output(), innerPlan.output(), partners, condition);
  }

  private OperatorFactory nestedLoop(PhysicalPlan.NestedLoopJoin join) {
    OperatorFactory inner = node(join.inner());
    List<Variable> layout = join.inner().output();
    return join(
        join.type(),
        join.outer(),
        join.inner(),
        execution -> new LoopPartners(inner, layout, execution),
        join.condition());
  }

  private OperatorFactory lateral(PhysicalPlan.LateralJoin join) {
    OperatorFactory inner = node(join.inner());
    List<Variable> outer = join.outer().output();
    int[] slots = join.bindings().stream().mapToInt(Expression.Correlation::slot).toArray();
    int[] positions =
        join.bindings().stream().mapToInt(binding -> outer.indexOf(binding.variable())).toArray();
    return join(
        join.type(),
        join.outer(),
        join.inner(),
        execution -> new LateralPartners(inner, slots, positions, execution),
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
    if (!limit.ties().isEmpty()) {
      return execution ->
          new TiesOperator(
              input.open(execution), limit.output(), limit.ties(), fetch.evaluate(execution));
    }
    return execution -> new LimitOperator(input.open(execution), fetch.evaluate(execution));
  }

  private OperatorFactory append(PhysicalPlan.Append append) {
    int width = append.inputs().size();
    OperatorFactory[] inputs = new OperatorFactory[width];
    ColumnMapping[] mappings = new ColumnMapping[width];
    for (int i = 0; i < width; i++) {
      PhysicalPlan input = append.inputs().get(i);
      inputs[i] = node(input);
      mappings[i] = new ColumnMapping(input.output(), append.columns().get(i));
    }
    return execution -> {
      ColumnMapping[] own = new ColumnMapping[width];
      for (int i = 0; i < width; i++) {
        own[i] = mappings[i].fresh();
      }
      return new AppendOperator(inputs, own, execution);
    };
  }

  private OperatorFactory with(PhysicalPlan.With with) {
    List<WithOperator.Table> tables = new ArrayList<>();
    for (PhysicalPlan.CommonTable table : with.tables()) {
      tables.add(
          new WithOperator.Table(
              table.id(),
              node(table.plan()),
              new ColumnMapping(table.plan().output(), table.columns()),
              table.columns()));
    }
    OperatorFactory body = node(with.body());
    return execution -> new WithOperator(tables, body, execution);
  }
}
