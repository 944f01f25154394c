// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.logical.BoundStatement;

/** For tests of other packages: text to tree over a table {@code t (a INTEGER)}. */
public final class Analyzing {
  private Analyzing() {}

  public static BoundStatement analyze(String sql) {
    return TestCatalog.of("CREATE TABLE t (a INTEGER)").analyze(sql).statement();
  }
}
