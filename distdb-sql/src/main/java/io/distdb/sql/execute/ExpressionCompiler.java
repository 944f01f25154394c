// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.Subplan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles expressions into kernels, once per plan.
 *
 * <p>Design: closures over vectors. Each node becomes one object that evaluates its operands for
 * all rows of a batch, then runs one loop over arrays; the cost of the tree walk is shared by the
 * rows of a batch, and no code is generated. Conditional operands (AND, OR, CASE, COALESCE, IN) are
 * evaluated for the rows that still need them only, so that {@code CASE WHEN b <> 0 THEN a / b END}
 * divides by no zero. Source: MonetDB/X100 (Boncz et al., CIDR 2005).
 */
final class ExpressionCompiler {
  private final Map<Variable, Integer> positions = new HashMap<>();
  private int registers;

  /**
   * @param layout the variables of the batch's columns, in order
   */
  ExpressionCompiler(List<Variable> layout) {
    for (int i = 0; i < layout.size(); i++) {
      positions.put(layout.get(i), i);
    }
  }

  /** Compiles {@code expressions} over batches of {@code layout}. */
  static Program compile(List<Variable> layout, List<Expression> expressions) {
    ExpressionCompiler compiler = new ExpressionCompiler(layout);
    List<Kernel> kernels = compiler.kernels(expressions);
    return new Program(kernels, compiler.registers);
  }

  private List<Kernel> kernels(List<Expression> expressions) {
    List<Kernel> kernels = new ArrayList<>();
    for (Expression expression : expressions) {
      kernels.add(kernel(expression));
    }
    return kernels;
  }

  private Kernel kernel(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> constant(literal.value(), literal.type());
      case Expression.Parameter parameter -> parameter(parameter);
      case Expression.Reference reference -> reference(reference.variable());
      case Expression.Call call ->
          FunctionKernels.of(call.function(), kernels(call.arguments()), registers++);
      case Expression.Cast cast -> cast(cast);
      case Expression.Compare compare ->
          new CompareKernel(
              registers++,
              compare.comparison(),
              compare.left().type(),
              kernel(compare.left()),
              kernel(compare.right()));
      case Expression.And and -> connective(kernels(and.operands()), 0);
      case Expression.Or or -> connective(kernels(or.operands()), 1);
      case Expression.Not not -> LogicKernels.not(registers++, kernel(not.operand()));
      case Expression.IsNull isNull -> LogicKernels.isNull(registers++, kernel(isNull.operand()));
      case Expression.In in -> in(in);
      case Expression.Case cases -> cases(cases);
      case Expression.Coalesce coalesce -> coalesce(coalesce);
      case Expression.Subquery ignored ->
          throw Invariant.unreachable("a subquery without a plan: the optimizer missed it");
      case Expression.Correlation correlation -> correlation(correlation);
      case Expression.Subplan subplan ->
          new SubplanKernel(
              registers++,
              (Subplan) subplan.plan(),
              kernels(subplan.arguments()),
              subplan.field(),
              subplan.type());
    };
  }

  private Kernel constant(Value value, SqlType type) {
    int register = registers++;
    return (frame, selected, count) -> frame.constant(register, type, value);
  }

  private Kernel parameter(Expression.Parameter parameter) {
    int register = registers++;
    int ordinal = parameter.ordinal();
    SqlType type = parameter.type();
    return (frame, selected, count) -> frame.constant(register, type, frame.parameters[ordinal]);
  }

  private Kernel correlation(Expression.Correlation correlation) {
    int register = registers++;
    int slot = correlation.slot();
    SqlType type = correlation.type();
    return (frame, selected, count) ->
        frame.constant(register, type, frame.execution.correlations()[slot]);
  }

  private Kernel reference(Variable variable) {
    Integer found = positions.get(variable);
    Invariant.check(found != null, "%s is not among the columns of its input", variable);
    int position = found;
    return (frame, selected, count) -> frame.input[position];
  }

  private Kernel cast(Expression.Cast cast) {
    Kernel operand = kernel(cast.operand());
    if (cast.operand().type().equals(cast.type())) {
      return operand;
    }
    int register = registers;
    registers += CastKernels.REGISTERS;
    return CastKernels.of(register, cast.operand().type(), cast.type(), cast.explicit(), operand);
  }

  private Kernel connective(List<Kernel> operands, long decisive) {
    return new ConnectiveKernel(registers++, operands, decisive);
  }

  private Kernel in(Expression.In in) {
    Kernel operand = kernel(in.operand());
    boolean constants = in.items().stream().allMatch(ExpressionCompiler::isConstant);
    if (constants && in.items().size() > ConstantSetKernel.ITEMS_MIN) {
      return new ConstantSetKernel(registers++, operand, kernels(in.items()), in.operand().type());
    }
    List<Kernel> comparisons = new ArrayList<>();
    for (Expression item : in.items()) {
      comparisons.add(
          new CompareKernel(
              registers++,
              Expression.Comparison.EQUAL,
              in.operand().type(),
              operand,
              kernel(item)));
    }
    return connective(comparisons, 1);
  }

  private static boolean isConstant(Expression expression) {
    return expression instanceof Expression.Literal || expression instanceof Expression.Parameter;
  }

  private Kernel cases(Expression.Case cases) {
    List<Kernel> conditions = new ArrayList<>();
    List<Kernel> results = new ArrayList<>();
    for (Expression.When when : cases.whens()) {
      conditions.add(kernel(when.condition()));
      results.add(kernel(when.result()));
    }
    Kernel otherwise =
        cases.otherwise().map(this::kernel).orElseGet(() -> constant(Value.NULL, cases.type()));
    int register = registers;
    registers += 3;
    return new CaseKernel(register, cases.type(), conditions, results, otherwise);
  }

  private Kernel coalesce(Expression.Coalesce coalesce) {
    int register = registers;
    registers += 2;
    return new CoalesceKernel(register, coalesce.type(), kernels(coalesce.arguments()));
  }
}
