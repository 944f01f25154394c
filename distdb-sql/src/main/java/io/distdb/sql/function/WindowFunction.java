// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import java.util.List;

/** A function that is there for windows alone, with the types of one call. */
public record WindowFunction(Kind kind, List<SqlType> argumentTypes, SqlType resultType)
    implements WindowedFunction {
  /** PostgreSQL documentation, 9.22. */
  public enum Kind {
    ROW_NUMBER("row_number", false),
    RANK("rank", false),
    DENSE_RANK("dense_rank", false),
    PERCENT_RANK("percent_rank", false),
    CUME_DIST("cume_dist", false),
    NTILE("ntile", false),
    LAG("lag", false),
    LEAD("lead", false),
    FIRST_VALUE("first_value", true),
    LAST_VALUE("last_value", true),
    NTH_VALUE("nth_value", true);

    private final String sqlName;
    private final boolean framed;

    Kind(String sqlName, boolean framed) {
      this.sqlName = sqlName;
      this.framed = framed;
    }

    public String sqlName() {
      return sqlName;
    }

    /** Whether the frame matters to it. */
    public boolean framed() {
      return framed;
    }
  }

  public WindowFunction {
    argumentTypes = List.copyOf(argumentTypes);
  }

  @Override
  public String name() {
    return kind.sqlName();
  }
}
