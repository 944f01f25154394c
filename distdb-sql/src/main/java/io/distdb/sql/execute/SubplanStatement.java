// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import java.util.List;

/** A statement with subplans: each execution gets a place for their answers. */
final class SubplanStatement {
  private SubplanStatement() {}

  /**
   * @param tables those of {@code statement} and of its subplans
   */
  static Executable of(Executable statement, SubplanProgram[] programs, List<TableId> tables) {
    return switch (statement) {
      case Executable.Query query -> new Query(query, programs, tables);
      case Executable.Change change -> new Change(change, programs, tables);
    };
  }

  private record Query(Executable.Query inner, SubplanProgram[] programs, List<TableId> tables)
      implements Executable.Query {
    @Override
    public boolean isPoint() {
      return false;
    }

    @Override
    public RowSource open(Execution execution) {
      return inner.open(execution.with(new SubplanRuns(programs)));
    }
  }

  private record Change(Executable.Change inner, SubplanProgram[] programs, List<TableId> tables)
      implements Executable.Change {
    @Override
    public String tag() {
      return inner.tag();
    }

    @Override
    public boolean returnsRows() {
      return inner.returnsRows();
    }

    @Override
    public long run(Execution execution, ReturnedRows returned) {
      return inner.run(execution.with(new SubplanRuns(programs)), returned);
    }
  }
}
