// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import java.util.List;
import java.util.Optional;

/** The prepared statements of a session that have names, whether Parse or PREPARE gave them. */
public interface ServerStatements {
  /**
   * As {@link ServerSession#prepare(String, List)}, with a name.
   *
   * @throws DistDbException {@code DUPLICATE_PREPARED_STATEMENT}: there is one of that name; else
   *     as the other
   */
  ServerPrepared prepare(String name, String sql, List<SqlType> declaredTypes);

  /** The one of that name. */
  Optional<ServerPrepared> find(String name);

  /** Forgets the one of that name, if there is one. */
  void forget(String name);
}
