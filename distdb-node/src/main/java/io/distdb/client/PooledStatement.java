// SPDX-License-Identifier: MIT
package io.distdb.client;

import java.util.List;

/** Prepared in every session that runs it, at its first run there. */
record PooledStatement(Leases pool, String sql) implements PreparedStatement {
  @Override
  public long execute(Object... parameters) {
    return pool.take().execute(sql, parameters);
  }

  @Override
  public long execute(long parameter) {
    return pool.take().execute(sql, parameter);
  }

  @Override
  public Result query(Object... parameters) {
    return pool.take().query(sql, parameters);
  }

  @Override
  public Result query(long parameter) {
    return pool.take().query(sql, parameter);
  }

  @Override
  public long executeBatch(List<Object[]> runs) {
    return pool.take().executeBatch(sql, runs);
  }
}
